package coppice.bench.people;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What stores have to answer, worked out from the people by looking at all of them: so all stores that pass answer
/// alike.
public final class Answers {
    private static final int LIMIT = 100;
    private static final int AGE = 40;
    private static final int SOME = 20;

    private final Population population;
    private final int[] generations; // by id, from 1; 0 for nobody

    /// @param population of which nobody is there yet
    public Answers(Population population) {
        this.population = population;
        this.generations = new int[Math.toIntExact(2 * population.rows())];
    }

    /// With those that are loaded.
    public Answers loaded() {
        for (int id = 0; id < generations.length; id += 2) {
            generations[id] = 1;
        }
        return this;
    }

    /// With people of a generation inserted or replaced.
    public void put(Collection<Person> batch, int generation) {
        batch.forEach(person -> generations[(int) person.id()] = generation + 1);
    }

    private Stream<Person> people() {
        return IntStream.range(0, generations.length)
                .filter(id -> generations[id] > 0)
                .mapToObj(id -> population.person(id, generations[id] - 1));
    }

    /// Asks for some people and a city by every index that a reader of addresses and cities has.
    ///
    /// @throws IllegalStateException when an answer is wrong
    public void check(PeopleReader reader) throws Exception {
        int step = Math.max(1, generations.length / SOME);
        for (Person person : (Iterable<Person>) people().filter(person -> person.id() % step == 0)::iterator) {
            List<String> found = new ArrayList<>();
            reader.withEmail(person.email(), document -> found.add(text(document)));
            same(List.of(text(person.document())), found, person.email());
        }
        String city = Person.city(1);
        List<Person> expected =
                inCity(city).filter(person -> person.age() >= AGE).limit(LIMIT).toList();
        List<String> found = new ArrayList<>();
        reader.inCity(city, AGE, LIMIT, document -> found.add(text(document)));
        same(expected.stream().map(person -> text(person.document())).toList(), found, city);
        List<Long> ids = new ArrayList<>();
        reader.idsInCity(city, AGE, LIMIT, ids::add);
        same(expected.stream().map(Person::id).toList(), ids, city);
    }

    /// Asks for what is known of a city.
    ///
    /// @throws IllegalStateException when an answer is wrong
    public void checkTotals(PeopleReader reader) throws Exception {
        String city = Person.city(1);
        long cents = inCity(city).mapToLong(Person::cents).sum();
        same(new PeopleReader.Totals(inCity(city).count(), cents / 100.0), reader.totals(city), city);
    }

    private Stream<Person> inCity(String city) {
        return people().filter(person -> person.city().equals(city))
                .sorted(Comparator.comparingInt(Person::age).thenComparingLong(Person::id));
    }

    private static String text(byte[] document) {
        return new String(document, StandardCharsets.US_ASCII);
    }

    private static void same(Object expected, Object found, String of) {
        if (!expected.equals(found)) {
            throw new IllegalStateException("asked for " + of + " and got " + found + " in place of " + expected);
        }
    }
}
