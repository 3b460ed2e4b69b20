package coppice.bench;

import coppice.api.Branch;
import coppice.api.Database;
import coppice.api.projection.Lookup;
import coppice.api.projection.ProjectionDefinition;
import coppice.bench.people.CoppicePeople;
import coppice.bench.people.PeopleStore.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Measures reading by an index on one branch and then on another, both with changes of their own, committed and not,
/// and all projections fresh on both.
final class Switching {
    private static final int TIMES = 5_000;
    private static final int DURABLE_TIMES = 200;
    private static final String OTHER = "other";
    private static final List<ProjectionDefinition> MORE = List.of(
            by("age"),
            by("role", "age"),
            by("name"),
            by("amount DESC"),
            by("id"),
            by("city", "role"),
            by("role", "city"),
            by("age", "name"),
            by("amount", "id"));

    private final Trial trial;
    private final Meter meter;
    private final SplittableRandom random = new SplittableRandom(25);
    private final List<String> names = new ArrayList<>(List.of(CoppicePeople.name(Index.CITY_AGE)));
    private int generation;

    Switching(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    private static ProjectionDefinition by(String... columns) {
        return ProjectionDefinition.from(CoppicePeople.SPACE).index(columns);
    }

    void run() throws Exception {
        PeopleTrial people = new PeopleTrial(trial).warmUp();
        try (CoppicePeople store = PeopleTrial.own(people.filled(meter, Index.CITY_AGE))) {
            Database db = store.database();
            db.branch(OTHER, db.head());
            for (String branch : List.of(OTHER, Database.MAIN)) {
                db.switchTo(branch);
                store.put(people.updates(random, ++generation));
                db.commit("generation " + generation);
                store.put(people.updates(random, ++generation));
            }
            db.projections().pause();
            freshen(db);
            measure(db, Metric.SWITCH_1);
            for (ProjectionDefinition definition : MORE) {
                String name = "more_" + names.size();
                db.projections().create(name, definition);
                names.add(name);
            }
            freshen(db);
            measure(db, Metric.SWITCH_10);
            meter.start();
            switchTo(db, DURABLE_TIMES);
            meter.record(Metric.SWITCH_CURRENT, switchTo(db, DURABLE_TIMES));
        }
    }

    private void freshen(Database db) {
        for (String name : names) {
            db.branch(OTHER).projection(name).count();
            db.branch(Database.MAIN).projection(name).count();
        }
    }

    private void measure(Database db, Metric metric) throws Exception {
        meter.settle();
        read(db, TIMES);
        meter.start();
        meter.record(metric, read(db, TIMES));
    }

    private double read(Database db, int times) {
        List<Double> micros = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            String name = names.get(random.nextInt(names.size()));
            long began = System.nanoTime();
            first(db.branch(i % 2 == 0 ? OTHER : Database.MAIN), name);
            micros.add((System.nanoTime() - began) / 1e3);
        }
        return Spread.of(micros).median();
    }

    private double switchTo(Database db, int times) {
        List<Double> micros = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            String name = names.get(random.nextInt(names.size()));
            long began = System.nanoTime();
            first(db.switchTo(i % 2 == 0 ? OTHER : Database.MAIN), name);
            micros.add((System.nanoTime() - began) / 1e3);
        }
        return Spread.of(micros).median();
    }

    private static void first(Branch branch, String projection) {
        if (branch.projection(projection).first(Lookup.all()).isEmpty()) {
            throw new IllegalStateException(projection + " is empty");
        }
    }
}
