package coppice.bench;

import coppice.api.Bundles;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Options;
import coppice.bench.peer.Rows;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Measures what it costs to move a database, against a copy of its packs with a sync of each, interleaved round
/// by round; then what a fetch after few changes moves. No peer has it.
///
/// The database has all rows in one commit, and 100 commits of 100 random rows after it; the packed one has 1,000
/// commits of one row and has been collected.
final class Exchanging {
    private static final int COMMITS = 100;
    private static final int SMALL_COMMITS = 1_000;
    private static final int CHANGES = 100;
    private static final int ROUNDS = 9;

    /// Only then the compilers are done with all that a transfer runs: before, they take a third of two
    /// processors.
    private static final int WARM_UPS = 12;

    private final Trial trial;
    private final Meter meter;
    private final Map<Metric, List<Double>> seconds = new EnumMap<>(Metric.class);

    Exchanging(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    private String at(String name) {
        return trial.directory().resolve(name).toString();
    }

    void run() throws IOException, InterruptedException {
        fill("source", COMMITS, CHANGES, Options.defaults());
        fill("packed", SMALL_COMMITS, 1, Options.defaults().with(Durability.NONE));
        try (Database db = Coppice.open(at("packed"))) {
            db.gc();
        }
        rounds(WARM_UPS);
        seconds.clear();
        meter.settle();
        meter.start();
        rounds(ROUNDS);
        meter.record(Metric.COPY, bytes("source") / 1e6 / median(Metric.COPY));
        for (Metric work : List.of(
                Metric.CLONE, Metric.FETCH_ALL, Metric.BACKUP, Metric.RESTORE, Metric.BUNDLE, Metric.CLONE_PACKED)) {
            meter.record(work, median(work));
        }
        few();
    }

    private void rounds(int count) throws IOException {
        for (int round = 0; round < count; round++) {
            round();
            packedRound();
        }
    }

    private double median(Metric work) {
        return Spread.of(seconds.getOrDefault(work, List.of())).median();
    }

    private void fill(String name, int commits, int changes, Options options) {
        try (Database db = Coppice.open(at(name), options)) {
            db.main().load(OwnRows.SPACE, OwnRows.first(trial.records()));
            db.commit("load");
            for (int commit = 1; commit <= commits; commit++) {
                change(db, commit, changes);
            }
        }
    }

    private void change(Database db, int generation, int changes) {
        SplittableRandom random = new SplittableRandom(generation);
        db.main().run(tx -> {
            for (int change = 0; change < changes; change++) {
                int row = random.nextInt(trial.rows());
                tx.space(OwnRows.SPACE).put(Rows.key(row), Rows.value(row, generation));
            }
        });
        db.commit("change " + generation);
    }

    private long bytes(String name) throws IOException {
        return OwnRows.packBytes(trial.directory().resolve(name));
    }

    private void round() throws IOException {
        double copy = time(() -> copy("source"));
        add(Metric.COPY, copy);
        delete("copy");
        add(Metric.CLONE, copy / time(() -> clone("source")));
        delete("clone");
        try (Database db = Coppice.open(at("empty"))) {
            db.remotes().add("source", at("source"));
            add(Metric.FETCH_ALL, copy / time(() -> db.remotes().fetch("source")));
        }
        delete("empty");
        Path bundle = trial.directory().resolve("some.bundle");
        try (Database db = Coppice.open(at("source"))) {
            add(Metric.BACKUP, copy / time(() -> db.backup(at("backup"))));
            add(Metric.BUNDLE, copy / time(() -> db.bundles().write(bundle, Bundles.Choice.all())));
        }
        Files.delete(bundle);
        add(
                Metric.RESTORE,
                copy / time(() -> Coppice.restore(at("backup"), at("restored")).close()));
        delete("restored");
        delete("backup");
    }

    private void packedRound() throws IOException {
        double copy = time(() -> copy("packed"));
        delete("copy");
        add(Metric.CLONE_PACKED, copy / time(() -> clone("packed")));
        delete("clone");
    }

    private void clone(String from) {
        Coppice.clone(at(from), at("clone")).close();
    }

    private void add(Metric work, double value) {
        seconds.computeIfAbsent(work, _ -> new ArrayList<>()).add(value);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static double time(Work work) throws IOException {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e9;
    }

    /// As `cp -r` does, with a sync of each file.
    private void copy(String name) throws IOException {
        Path to = Files.createDirectories(trial.directory().resolve("copy"));
        for (Path from : OwnRows.packs(trial.directory().resolve(name))) {
            Path copy = to.resolve(from.getFileName());
            Files.copy(from, copy);
            try (FileChannel file = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                file.force(true);
            }
        }
    }

    /// What a fetch moves after some rows changed, against the chunks that are new over there; those of refs,
    /// which do not move, are a few of them.
    private void few() throws IOException {
        try (Database db = Coppice.open(at("source"));
                Database copy = Coppice.clone(at("source"), at("clone"))) {
            List<Double> shares = new ArrayList<>();
            List<Double> millis = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                db.checkpoint();
                long before = db.stats().chunks().count();
                change(db, COMMITS + round, CHANGES);
                db.checkpoint();
                double changed = db.stats().chunks().count() - before;
                long[] moved = new long[1];
                millis.add(1e3
                        * time(() -> moved[0] =
                                copy.remotes().fetch("origin").traffic().chunks()));
                shares.add(moved[0] / changed);
            }
            meter.record(Metric.FETCH_FEW, Spread.of(shares).median());
            meter.record(Metric.FETCH_FEW_TIME, Spread.of(millis).median());
        }
    }

    private void delete(String name) throws IOException {
        Directories.delete(trial.directory().resolve(name));
    }
}
