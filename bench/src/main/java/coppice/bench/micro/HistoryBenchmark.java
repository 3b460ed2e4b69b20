package coppice.bench.micro;

import coppice.api.BlamePage;
import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.CommitPage;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Entry;
import coppice.api.LogQuery;
import coppice.api.Merge;
import coppice.api.Options;
import coppice.api.Range;
import coppice.bench.peer.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Questions about a long history with many merges, in a directory: each commit changes one of 10,000 rows, and
/// every tenth merges a side line of four. One key is changed by every hundredth commit.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class HistoryBenchmark {
    private static final int ROWS = 10_000;
    private static final String SPACE = "rows";
    private static final byte[] OFTEN = Rows.key(ROWS);

    /// Commits in the history.
    @Param("100000")
    public int commits;

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<String> ids = new ArrayList<>();
    private Path directory = Path.of("");
    private Database db = Coppice.open("mem:");

    /// Makes the history, and waits until the index has it.
    @Setup
    public void prepare() throws IOException, InterruptedException {
        db.close();
        directory = Files.createTempDirectory("coppice-history");
        db = Coppice.open(directory.toString(), Options.defaults().with(Durability.NONE));
        long began = System.nanoTime();
        db.main().load(SPACE, rows().iterator());
        db.commit("rows");
        while (ids.size() < commits) {
            round();
        }
        db.checkpoint();
        double made = (System.nanoTime() - began) / 1e9;
        while (db.history().versions("main", SPACE, OFTEN).iterator().hasNext() && blameMillis() > 20) {
            Thread.sleep(1000);
        }
        System.out.printf(
                "made in %.1f s, indexed after %.1f s, %d bytes%n",
                made, (System.nanoTime() - began) / 1e9, db.statistics().diskBytes());
    }

    private double blameMillis() {
        long began = System.nanoTime();
        blameOneKey();
        return (System.nanoTime() - began) / 1e6;
    }

    private static Stream<Entry> rows() {
        return IntStream.rangeClosed(0, ROWS).mapToObj(row -> new Entry(Rows.key(row), Rows.value(row, 0)));
    }

    private void round() {
        Branch side = db.branch("side", "main");
        for (int i = 0; i < 4; i++) {
            commit(side);
            commit(db.main());
        }
        commit(db.main());
        db.merge("side", Merge.into("main").resolving(conflict -> new coppice.api.Resolver.Take(conflict.ours())));
        ids.add(db.head().id().hex());
        db.deleteBranch("side");
    }

    private void commit(Branch branch) {
        int number = ids.size();
        byte[] key = number % 100 == 0 ? OFTEN : Rows.key(random.nextInt(ROWS));
        branch.space(SPACE).put(key, Rows.value(number, number));
        ids.add(branch.commit(CommitMessage.of("commit " + number)).id().hex());
    }

    /// Removes it.
    @TearDown
    public void remove() throws IOException {
        db.close();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private String any() {
        return ids.get(random.nextInt(ids.size()));
    }

    /// The first 50 commits, by generation.
    @Benchmark
    public CommitPage firstPageOfLog() {
        return db.history().page(LogQuery.of("main"), 50);
    }

    /// The first 50 commits, as a graph is drawn.
    @Benchmark
    public CommitPage firstPageOfGraph() {
        return db.history().page(LogQuery.of("main").in(LogQuery.Order.GRAPH), 50);
    }

    /// The first 50 commits, by time.
    @Benchmark
    public CommitPage firstPageByTime() {
        return db.history().page(LogQuery.of("main").in(LogQuery.Order.TIME), 50);
    }

    /// The first 10 commits that changed one random key.
    @Benchmark
    public CommitPage firstPageOfLogOfAKey() {
        return db.history().page(LogQuery.of("main").touching(SPACE, Rows.key(random.nextInt(ROWS))), 10);
    }

    /// Where a random key's value comes from.
    @Benchmark
    public Optional<Commit> blameOneKey() {
        return db.history().blame("main", SPACE, Rows.key(random.nextInt(ROWS)));
    }

    /// Where the values of 50 keys in a row come from.
    @Benchmark
    public BlamePage blamePage() {
        return db.history().blame("main", SPACE, Range.from(Rows.key(random.nextInt(ROWS - 100))), 50);
    }

    /// All changes of a random key: about ten.
    @Benchmark
    public int historyOfAKey() {
        return count(Rows.key(random.nextInt(ROWS)));
    }

    /// All changes of the key that is changed by every hundredth commit.
    @Benchmark
    public int historyOfAKeyChangedOften() {
        return count(OFTEN);
    }

    private int count(byte[] key) {
        int count = 0;
        for (var _ : db.history().versions("main", SPACE, key)) {
            count++;
        }
        return count;
    }

    /// The best common ancestor of two random commits.
    @Benchmark
    public List<Commit> mergeBase() {
        return db.history().mergeBases(any(), any());
    }

    /// Whether one random commit is an ancestor of another.
    @Benchmark
    public boolean isAncestor() {
        return db.history().isAncestor(any(), any());
    }

    /// A commit by the first ten digits of its name.
    @Benchmark
    public Commit findByPrefix() {
        return db.resolve(any().substring(0, 10));
    }

    /// The first bad commit among all, with a test that costs nothing.
    @Benchmark
    public Commit bisect() {
        long culprit = random.nextLong(commits);
        return db.history()
                .bisectBy(ids.getFirst(), "main", state -> state.commit().generation() < culprit);
    }
}
