package coppice.bench.micro;

import coppice.bench.peer.Rows;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeBuilder;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.Warmup;

/// The tree alone, over chunks in memory with all nodes cached: no journal, no disk, no transactions.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TreeBenchmark {
    private static final long CACHE_BYTES = 1L << 30;

    /// Rows in the tree.
    @Param({"100000", "1000000"})
    public int rows;

    private final SplittableRandom random = new SplittableRandom(1);
    private final byte[] key = new byte[Rows.KEY_BYTES];
    private Tree tree = Tree.empty(new Nodes(new MemoryChunks(), CACHE_BYTES));

    /// Builds the tree.
    @Setup
    public void prepare() {
        var chunks = new LoadedChunks();
        tree = build(chunks);
        chunks.keeps = false;
    }

    private Tree build(Chunks chunks) {
        TreeBuilder builder = Tree.builder(new Nodes(chunks, CACHE_BYTES));
        for (int row = 0; row < rows; row++) {
            builder.add(Rows.key(row), Rows.value(row, 0));
        }
        return builder.finish();
    }

    /// A random point read.
    @Benchmark
    public byte @Nullable [] get() {
        Rows.key(random.nextInt(rows), key);
        return tree.get(key);
    }

    /// A range of 100 rows from a random place.
    @Benchmark
    public int range() {
        Rows.key(random.nextInt(rows - 100), key);
        Cursor cursor = tree.cursor();
        int sum = 0;
        boolean more = cursor.seek(key);
        for (int i = 0; i < 100 && more; i++) {
            sum += cursor.valueArray()[cursor.valueOffset()];
            more = cursor.next();
        }
        return sum;
    }

    /// All rows in order.
    @Benchmark
    public int scan() {
        Cursor cursor = tree.cursor();
        int sum = 0;
        for (boolean more = cursor.first(); more; more = cursor.next()) {
            sum += cursor.valueArray()[cursor.valueOffset()];
        }
        return sum;
    }

    /// A sorted load.
    @Benchmark
    public Tree load() {
        return build(new MemoryChunks());
    }

    /// One row in a hundred, spread at random, set to new values.
    @Benchmark
    public Tree update() {
        long generation = random.nextLong();
        var edits = random.ints(rows / 100, 0, rows)
                .distinct()
                .sorted()
                .mapToObj(row -> Edit.put(Rows.key(row), Rows.value(row, generation)))
                .toList();
        return tree.apply(Edits.of(edits));
    }

    /// Chunks that forget what is written once they are loaded, so that memory lasts for any number of updates.
    private static final class LoadedChunks implements Chunks {
        private final MemoryChunks loaded = new MemoryChunks();
        private boolean keeps = true;

        @Override
        public byte[] read(Hash hash) {
            return loaded.read(hash);
        }

        @Override
        public boolean contains(Hash hash) {
            return loaded.contains(hash);
        }

        @Override
        public void write(Hash hash, byte[] content, int length) {
            if (keeps) {
                loaded.write(hash, content, length);
            }
        }
    }
}
