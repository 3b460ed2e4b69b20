package coppice.bench;

import coppice.api.BackupReport;
import coppice.api.Bundles;
import coppice.api.CloneOptions;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Entry;
import coppice.api.FetchOutcome;
import coppice.bench.peer.Rows;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Measures what it costs to move a database, against a copy of its files with a sync: clone, fetch into an empty
/// database, bundle, backup and restore, interleaved round by round; then what a fetch after few changes moves.
final class Exchanging {
    private static final int COMMITS = 100;
    private static final int CHANGES = 100;
    private static final int ROUNDS = 5;

    private final Path place;
    private final long rows;
    private final PrintStream out;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
    private long bytes;

    private Exchanging(Path place, long rows, PrintStream out) {
        this.place = place;
        this.rows = rows;
        this.out = out;
    }

    /// Measures.
    ///
    /// @param words a directory, and how many rows
    static void run(List<String> words, PrintStream out) throws IOException {
        Path place = Files.createDirectories(Path.of(words.get(0)));
        new Exchanging(place, Long.parseLong(words.get(1)), out).measure();
    }

    private String at(String name) {
        return place.resolve(name).toString();
    }

    private void measure() throws IOException {
        delete("source");
        fill();
        for (int round = 0; round <= ROUNDS; round++) {
            if (round == 1) {
                seconds.clear(); // the first was to warm up
            }
            round();
        }
        out.printf(Locale.ROOT, "%,d rows and %d commits, %.1f MB of packs%n", rows, COMMITS, bytes / 1e6);
        double copy = Spread.of(seconds.getOrDefault("copy", List.of())).median();
        seconds.forEach((work, times) -> {
            Spread spread = Spread.of(times);
            out.printf(
                    Locale.ROOT,
                    "%-8s %7.3f s (%.3f-%.3f)  %6.1f MB/s  %.2fx of a copy%n",
                    work,
                    spread.median(),
                    spread.min(),
                    spread.max(),
                    bytes / 1e6 / spread.median(),
                    copy / spread.median());
        });
        few();
        delete("source");
    }

    private void fill() throws IOException {
        try (Database db = Coppice.open(at("source"))) {
            Iterator<Entry> all = LongStream.range(0, rows)
                    .mapToObj(row -> new Entry(Rows.key(row), Rows.value(row, 0)))
                    .iterator();
            db.main().load("rows", all);
            db.commit("load");
            for (int commit = 1; commit <= COMMITS; commit++) {
                change(db, commit);
            }
        }
        try (Stream<Path> packs = Files.list(place.resolve("source/packs"))) {
            bytes = packs.mapToLong(Exchanging::size).sum();
        }
    }

    private void change(Database db, int generation) {
        SplittableRandom random = new SplittableRandom(generation);
        db.main().run(tx -> {
            for (int change = 0; change < CHANGES; change++) {
                long row = random.nextLong(rows);
                tx.space("rows").put(Rows.key(row), Rows.value(row, generation));
            }
        });
        db.commit("change " + generation);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void round() throws IOException {
        time("copy", this::copy);
        delete("copy");
        time("clone", () -> Coppice.clone(at("source"), at("clone")).close());
        delete("clone");
        try (Database db = Coppice.open(at("empty"))) {
            db.remotes().add("source", at("source"));
            time("fetch", () -> db.remotes().fetch("source"));
        }
        delete("empty");
        try (Database db = Coppice.open(at("source"))) {
            time("bundle", () -> db.bundles().write(place.resolve("some.bundle"), Bundles.Choice.all()));
            time("backup", () -> db.backup(at("backup")));
        }
        time(
                "unbundle",
                () -> Coppice.clone(at("some.bundle"), at("clone"), CloneOptions.defaults())
                        .close());
        delete("clone");
        time("restore", () -> Coppice.restore(at("backup"), at("restored")).close());
        delete("restored");
        delete("backup");
        Files.delete(place.resolve("some.bundle"));
    }

    private void time(String work, Runnable body) {
        long began = System.nanoTime();
        body.run();
        seconds.computeIfAbsent(work, _ -> new ArrayList<>()).add((System.nanoTime() - began) / 1e9);
    }

    /// As `cp -r` does, with a sync of each file.
    private void copy() {
        try {
            Path to = Files.createDirectories(place.resolve("copy"));
            try (Stream<Path> packs = Files.list(place.resolve("source/packs"))) {
                for (Path from : packs.toList()) {
                    Path copy = to.resolve(from.getFileName());
                    Files.copy(from, copy);
                    try (FileChannel file = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                        file.force(true);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a fetch and a backup move after 100 changed rows.
    private void few() throws IOException {
        try (Database db = Coppice.open(at("source"));
                Database copy = Coppice.clone(at("source"), at("clone"))) {
            db.backup(at("backup"));
            db.checkpoint();
            long before = db.statistics().chunks();
            change(db, COMMITS + 1);
            db.checkpoint();
            long changed = db.statistics().chunks() - before;
            long began = System.nanoTime();
            FetchOutcome fetched = copy.remotes().fetch("origin");
            double fetch = (System.nanoTime() - began) / 1e6;
            began = System.nanoTime();
            BackupReport backup = db.backup(at("backup"));
            double backedUp = (System.nanoTime() - began) / 1e6;
            out.printf(
                    Locale.ROOT,
                    "after %d changed rows (%d new chunks there, refs included): fetch %d chunks, %,d bytes, %d"
                            + " visited, %.1f ms; backup %d chunks, %.1f ms%n",
                    CHANGES,
                    changed,
                    fetched.traffic().chunks(),
                    fetched.traffic().bytes(),
                    fetched.traffic().visited(),
                    fetch,
                    backup.traffic().chunks(),
                    backedUp);
        }
        delete("clone");
        delete("backup");
    }

    private void delete(String name) throws IOException {
        Path directory = place.resolve(name);
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
