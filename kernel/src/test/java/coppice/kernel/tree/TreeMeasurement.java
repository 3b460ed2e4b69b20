package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/// Measures trees of several node sizes, for `docs/adr/0002-prolly-tree-format.md`. Not a test; run its main
/// method: arguments are the scales to compare (0 for the format as it is).
public final class TreeMeasurement {
    private static final int ROWS = 1_000_000;
    private static final int ROUNDS = Integer.getInteger("rounds", 5);

    private TreeMeasurement() {}

    /// Chunks that are kept as they are given, so that the tree is measured and not a store.
    private static final class RawChunks implements Chunks {
        private final Map<Hash, byte[]> chunks = new HashMap<>();

        @Override
        public byte[] read(Hash hash) {
            byte[] chunk = chunks.get(hash);
            if (chunk == null) {
                throw new IllegalStateException("no chunk " + hash);
            }
            return chunk;
        }

        @Override
        public boolean contains(Hash hash) {
            return chunks.containsKey(hash);
        }

        @Override
        public void write(Hash hash, byte[] bytes, int length) {
            chunks.put(hash, bytes);
        }
    }

    /// Processor time of this thread: the machine is shared.
    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long mix(long number) {
        long z = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }

    private static void key(long row, byte[] into) {
        Bytes.putI64BigEndian(into, 0, row << 20);
        Bytes.putI64BigEndian(into, 8, mix(row + 1));
    }

    private static byte[] key(long row) {
        byte[] key = new byte[16];
        key(row, key);
        return key;
    }

    private static void value(long row, int generation, byte[] into) {
        long s = mix(row * 31 + generation + 7);
        for (int at = 0; at < 48; at += 8) {
            Bytes.putI64(into, at, s);
            s = mix(s + at + 1);
        }
        Arrays.fill(into, 48, into.length, (byte) 'a');
    }

    private static byte[] value(long row, int generation) {
        byte[] value = new byte[100];
        value(row, generation, value);
        return value;
    }

    private static TreeFormat format(int scale) {
        return scale == 0
                ? TreeFormat.V2
                : new TreeFormat(scale, scale / 4, scale * 8 / 3, Integer.getInteger("childWeight", 200), 1024);
    }

    /// Compares the scales given as arguments.
    public static void main(String[] args) {
        List<Integer> scales = new ArrayList<>();
        for (String arg : args) {
            scales.add(Integer.parseInt(arg));
        }
        Map<Integer, Map<String, List<Double>>> results = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int scale : scales) {
                Map<String, List<Double>> into = results.computeIfAbsent(scale, s -> new TreeMap<>());
                measure(format(scale), into);
            }
        }
        for (int scale : scales) {
            StringBuilder line = new StringBuilder("scale " + scale);
            results.getOrDefault(scale, Map.of()).forEach((name, values) -> {
                double[] sorted = values.stream().mapToDouble(d -> d).sorted().toArray();
                line.append(String.format(
                        "%n    %-22s %10.3f  (%.3f .. %.3f)",
                        name, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]));
            });
            System.out.println(line);
        }
    }

    private static void measure(TreeFormat format, Map<String, List<Double>> into) {
        RawChunks chunks = new RawChunks();
        Nodes nodes = new Nodes(chunks, 4L << 30, format);
        WriteStatistics statistics = new WriteStatistics();
        Tree tree = build(nodes, statistics, into);
        record(into, "size MB", statistics.bytesWritten() / 1e6);
        record(into, "mean node", (double) statistics.bytesWritten() / statistics.nodesWritten());
        record(into, "height", tree.height());
        gets(tree, into);
        scans(tree, into);
        ranges(tree, into);
        for (int edits : new int[] {1, 10, 100, 1_000, 10_000, 100_000}) {
            edits(tree, edits, into);
        }
    }

    private static Tree build(Nodes nodes, WriteStatistics statistics, Map<String, List<Double>> into) {
        byte[] key = new byte[16];
        byte[] value = new byte[100];
        long start = now();
        TreeBuilder builder = Tree.builder(nodes, statistics);
        for (int row = 0; row < ROWS; row++) {
            key(row, key);
            value(row, 0, value);
            builder.add(key, value);
        }
        Tree tree = builder.finish();
        record(into, "build M/s", ROWS * 1e3 / (now() - start));
        return tree;
    }

    private static void gets(Tree tree, Map<String, List<Double>> into) {
        SplittableRandom random = new SplittableRandom(3);
        byte[] key = new byte[16];
        long sum = 0;
        for (int warm = 0; warm < 2; warm++) {
            int count = 1_000_000;
            long start = now();
            for (int i = 0; i < count; i++) {
                key(random.nextInt(ROWS), key);
                byte[] value = tree.get(key);
                sum += value == null ? 0 : value.length;
            }
            if (warm == 1) {
                record(into, "get M/s", count * 1e3 / (now() - start));
            }
        }
        check(sum == 200_000_000L);
    }

    private static void scans(Tree tree, Map<String, List<Double>> into) {
        long sum = 0;
        for (int warm = 0; warm < 3; warm++) {
            long start = now();
            Cursor cursor = tree.cursor();
            long rows = 0;
            while (cursor.next()) {
                sum += cursor.keyArray()[cursor.keyOffset()] + cursor.valueArray()[cursor.valueOffset()];
                rows++;
            }
            check(rows == ROWS);
            if (warm == 2) {
                record(into, "scan M/s", ROWS * 1e3 / (now() - start));
            }
        }
        check(sum != 42);
    }

    private static void ranges(Tree tree, Map<String, List<Double>> into) {
        SplittableRandom random = new SplittableRandom(4);
        byte[] key = new byte[16];
        byte[] out = new byte[100];
        for (int warm = 0; warm < 2; warm++) {
            int count = 100_000;
            long rows = 0;
            long start = now();
            Cursor cursor = tree.cursor();
            for (int i = 0; i < count; i++) {
                key(random.nextInt(ROWS - 100), key);
                boolean more = cursor.seek(key);
                for (int j = 0; j < 100 && more; j++) {
                    System.arraycopy(cursor.valueArray(), cursor.valueOffset(), out, 0, cursor.valueLength());
                    rows++;
                    more = cursor.next();
                }
            }
            check(rows == count * 100L);
            if (warm == 1) {
                record(into, "range100 M/s", count * 1e3 / (now() - start));
            }
        }
    }

    private static void edits(Tree tree, int count, Map<String, List<Double>> into) {
        SplittableRandom random = new SplittableRandom(5);
        int rounds = Math.clamp(20_000 / count, 2, 500);
        WriteStatistics statistics = new WriteStatistics();
        long time = 0;
        for (int round = 0; round < rounds; round++) {
            TreeSet<Integer> rows = new TreeSet<>();
            while (rows.size() < count) {
                rows.add(random.nextInt(ROWS));
            }
            List<Edit> edits = new ArrayList<>();
            for (int row : rows) {
                edits.add(Edit.put(key(row), value(row, round + 1)));
            }
            if (round == rounds / 2) {
                time = 0;
                statistics = new WriteStatistics();
            }
            long start = now();
            Tree changed = tree.apply(Edits.of(edits), statistics);
            time += now() - start;
            check(changed.count() == ROWS);
        }
        double measured = (double) count * (rounds - rounds / 2);
        record(into, "apply " + count + " us/edit", time / 1e3 / measured);
        record(into, "apply " + count + " amplif.", statistics.bytesWritten() / measured / 116);
    }

    private static void record(Map<String, List<Double>> into, String name, double value) {
        into.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("the measurement did not do its work");
        }
    }
}
