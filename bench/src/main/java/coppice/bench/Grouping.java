package coppice.bench;

import com.sun.management.OperatingSystemMXBean;
import coppice.api.Database;
import coppice.bench.peer.Peers;
import coppice.bench.people.Answers;
import coppice.bench.people.CoppicePeople;
import coppice.bench.people.PeopleReader;
import coppice.bench.people.PeopleStore;
import coppice.bench.people.PeopleStore.Index;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Measures groups: reading what is known of one, and what keeping that up to date takes of writing. Databases
/// with an index add up what it holds of a city.
final class Grouping {
    private static final int ROUNDS = 3;
    private static final int BATCHES = 200;
    private static final int SOUGHT = 1 << 12;

    private final Trial trial;
    private final Meter meter;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final PeopleTrial people;
    private final SplittableRandom random = new SplittableRandom(26);
    private int generation;

    Grouping(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
        this.people = new PeopleTrial(trial);
    }

    /// When groups are read.
    private enum Reads {
        /// There are none.
        NEVER,
        AT_THE_END,
        AFTER_EACH
    }

    void run() throws Exception {
        people.warmUp();
        try (PeopleStore store = people.filled(meter, Index.CITY_TOTALS)) {
            try (PeopleReader reader = store.reader(false)) {
                new Answers(people.population()).loaded().checkTotals(reader);
                read(reader, trial.seconds() / 2);
                meter.start();
                meter.record(Metric.GROUP_READ, read(reader, trial.seconds()));
            }
            if (trial.peer().equals(Peers.COPPICE)) {
                maintain(PeopleTrial.own(store));
            }
        }
    }

    /// Millions a second.
    private double read(PeopleReader reader, double seconds) throws Exception {
        String[] cities = new String[SOUGHT];
        for (int at = 0; at < SOUGHT; at++) {
            cities[at] = people.population().city(random);
        }
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        long count = 0;
        long found = 0;
        long now = began;
        for (; now < end; now = System.nanoTime()) {
            found += reader.totals(cities[(int) (count++ % SOUGHT)]).people();
        }
        if (found < count) {
            throw new IllegalStateException(count + " cities with " + found + " people");
        }
        return count * 1e3 / (now - began);
    }

    private void maintain(CoppicePeople store) throws Exception {
        List<Double> atTheEnd = new ArrayList<>();
        List<Double> afterEach = new ArrayList<>();
        for (int round = -1; round < ROUNDS; round++) {
            if (round == 0) {
                atTheEnd.clear(); // the first was to warm up
                afterEach.clear();
                meter.start();
            }
            double without = write(store, Reads.NEVER);
            atTheEnd.add(100 * (write(store, Reads.AT_THE_END) / without - 1));
            afterEach.add(100 * (write(store, Reads.AFTER_EACH) / without - 1));
        }
        meter.record(Metric.GROUP_COST, Spread.of(atTheEnd).median());
        meter.record(Metric.GROUP_COST_EACH, Spread.of(afterEach).median());
    }

    /// The processor time of all threads, the JVM's included, for some durable batches.
    private double write(CoppicePeople store, Reads reads) throws Exception {
        Database db = store.database();
        String name = CoppicePeople.name(Index.CITY_TOTALS);
        db.projections().find(name).ifPresent(_ -> db.projections().drop(name));
        if (reads != Reads.NEVER) {
            store.build(Index.CITY_TOTALS);
        }
        meter.settle();
        try (PeopleReader reader = store.latest()) {
            if (reads != Reads.NEVER) {
                reader.totals(people.population().city(random)); // what was written before is not part of it
            }
            long before = system.getProcessCpuTime();
            for (int batch = 1; batch <= BATCHES; batch++) {
                store.put(people.updates(random, ++generation));
                if (reads == Reads.AFTER_EACH || (reads == Reads.AT_THE_END && batch == BATCHES)) {
                    reader.totals(people.population().city(random));
                }
            }
            return system.getProcessCpuTime() - before;
        }
    }
}
