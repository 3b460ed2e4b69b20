package coppice.bench;

import coppice.bench.peer.Peers;
import coppice.bench.people.Answers;
import coppice.bench.people.CoppicePeople;
import coppice.bench.people.PeopleReader;
import coppice.bench.people.PeopleStore;
import coppice.bench.people.PeopleStore.Index;
import coppice.bench.people.Person;
import coppice.bench.people.Population;
import java.util.List;
import java.util.SplittableRandom;

/// What all workloads on people begin with: warm code, a store of people, and answers that were looked at.
final class PeopleTrial {
    static final int BATCH = 1_000;
    static final int RANGE = 100;

    private static final int WARM_ROUNDS = 5;
    private static final int WARM_ROWS = 50_000;
    private static final int WARM_BATCHES = 10;
    private static final int WARM_LOOKUPS = 20_000;
    private static final int WARM_RANGES = 2_000;
    private static final int AGES = 50; // so that a range finds its rows among the older

    private final Trial trial;
    private final Population population;

    PeopleTrial(Trial trial) {
        this.trial = trial;
        this.population = new Population(trial.records());
    }

    Population population() {
        return population;
    }

    /// Lets the JVM compile the store's paths on small stores that are thrown away; on one, where what is measured is
    /// smaller still.
    PeopleTrial warmUp() throws Exception {
        Population few = new Population(Math.min(WARM_ROWS, trial.records()));
        int rounds = trial.records() < WARM_ROWS ? 1 : WARM_ROUNDS;
        for (int round = 0; round < rounds; round++) {
            try (PeopleStore store = open("warm-up")) {
                store.load(few);
                for (Index index : Index.values()) {
                    store.build(index);
                }
                warmUp(store, few);
            }
        }
        Directories.delete(trial.directory().resolve("warm-up"));
        return this;
    }

    private static void warmUp(PeopleStore store, Population few) throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        for (boolean isQuerying : new boolean[] {false, true}) {
            try (PeopleReader reader = store.reader(isQuerying)) {
                for (int i = 0; i < Math.min(WARM_LOOKUPS, few.rows()); i++) {
                    reader.withEmail(few.email(random), _ -> {});
                }
                for (int i = 0; i < Math.min(WARM_RANGES, few.rows()); i++) {
                    reader.inCity(few.city(random), age(random), RANGE, _ -> {});
                    reader.idsInCity(few.city(random), age(random), RANGE, _ -> {});
                    reader.totals(few.city(random));
                }
            }
        }
        try (PeopleReader latest = store.latest()) {
            for (int generation = 1; generation <= WARM_BATCHES; generation++) {
                store.put(few.batch(random, (int) Math.min(BATCH, few.rows()), generation));
                lookUp(latest, few, random);
                latest.totals(few.city(random));
            }
        }
    }

    /// A database that is empty.
    PeopleStore open(String name) throws Exception {
        PeopleStore store = PeopleStore.named(trial.peer());
        store.open(Directories.fresh(trial.directory(), name), trial.cacheBytes());
        return store;
    }

    /// A database with all people and some indexes, in memory as where it has been in use, and at rest.
    PeopleStore filled(Meter meter, Index... indexes) throws Exception {
        PeopleStore store = open("store");
        store.load(population);
        for (Index index : indexes) {
            store.build(index);
        }
        if (List.of(indexes).contains(Index.CITY_AGE)) {
            readAll(store);
        }
        meter.settle();
        return store;
    }

    private void readAll(PeopleStore store) throws Exception {
        long people = 0;
        try (PeopleReader reader = store.reader(false)) {
            for (long city = 0; city < population.cities(); city++) {
                people += reader.inCity(Person.city(city), 0, Integer.MAX_VALUE, _ -> {});
            }
        }
        if (people != population.rows()) {
            throw new IllegalStateException(people + " people instead of " + population.rows());
        }
    }

    /// Our own store, for what no peer has.
    static CoppicePeople own(PeopleStore store) {
        if (store instanceof CoppicePeople own) {
            return own;
        }
        throw new IllegalStateException("only " + Peers.COPPICE + " has that");
    }

    /// Asks a reader for what is known beforehand.
    void check(PeopleReader reader) throws Exception {
        new Answers(population).loaded().check(reader);
    }

    /// New documents for random people who are there.
    List<Person> updates(SplittableRandom random, long generation) {
        return population.updates(random, BATCH, generation);
    }

    /// One lookup by each index, after which they are fresh.
    static void lookUp(PeopleReader reader, Population people, SplittableRandom random) throws Exception {
        reader.withEmail(people.email(random), _ -> {});
        reader.idsInCity(people.city(random), age(random), 1, _ -> {});
    }

    /// From what age on a range begins.
    static int age(SplittableRandom random) {
        return random.nextInt(AGES);
    }
}
