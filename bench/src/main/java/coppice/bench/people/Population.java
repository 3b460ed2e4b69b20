package coppice.bench.people;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// All people of a store: those with even ids are loaded, in generation 0, those with odd ids come later.
///
/// @param rows how many are loaded
public record Population(long rows) {
    private static final long PEOPLE_PER_CITY = 1_000;
    private static final long CITIES_MIN = 4;

    /// How many cities there are: of a thousand people each, where there are enough.
    public long cities() {
        return Math.max(CITIES_MIN, rows / PEOPLE_PER_CITY);
    }

    /// A city.
    public String city(SplittableRandom random) {
        return Person.city(random.nextLong(cities()));
    }

    /// Those that are loaded, in the order of ids.
    public Stream<Person> loaded() {
        return LongStream.range(0, rows).mapToObj(row -> person(2 * row, 0));
    }

    /// The address of one who is loaded.
    public String email(SplittableRandom random) {
        return Person.email(2 * random.nextLong(rows), 0);
    }

    /// Somebody in a generation.
    public Person person(long id, long generation) {
        return Person.of(id, generation, cities());
    }

    /// People at random, half of them new at first, all with other documents than in another generation.
    public List<Person> batch(SplittableRandom random, int size, long generation) {
        return batch(random, size, generation, 2 * rows, 1);
    }

    /// People at random, all of them there already.
    public List<Person> updates(SplittableRandom random, int size, long generation) {
        return batch(random, size, generation, rows, 2);
    }

    private List<Person> batch(SplittableRandom random, int size, long generation, long ids, int step) {
        List<Person> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            batch.add(person(step * random.nextLong(ids), generation));
        }
        return batch;
    }
}
