package coppice.kernel.tree;

import static coppice.kernel.tree.Sample.build;
import static coppice.kernel.tree.Sample.changed;
import static coppice.kernel.tree.Sample.key;
import static coppice.kernel.tree.Sample.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.CountingChunks;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Sample.Block;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TreeMergeTest {
    private record Three(
            NavigableMap<byte[], byte[]> base, NavigableMap<byte[], byte[]> ours, NavigableMap<byte[], byte[]> theirs) {
        Three swapped() {
            return new Three(base, theirs, ours);
        }
    }

    /// What a merge must give: the map, and the conflicts as lines.
    private record Expected(NavigableMap<byte[], byte[]> merged, List<String> conflicts) {}

    private final Nodes nodes = new Nodes(new MemoryChunks(), 1 << 20, Sample.SMALL);

    private static Gen<Three> threes() {
        return Gen.combine(
                Gen.combine(Sample.sizes(), Sample.blocks(), (size, blocks) -> changed(Sample.map(size), blocks)),
                Gen.combine(Sample.blocks(), Sample.blocks(), List::of),
                (base, sides) -> new Three(base, changed(base, sides.get(0)), changed(base, sides.get(1))));
    }

    private static String line(byte[] key, byte @Nullable [] base, byte @Nullable [] ours, byte @Nullable [] theirs) {
        return HexFormat.of().formatHex(key) + Arrays.toString(base) + Arrays.toString(ours) + Arrays.toString(theirs);
    }

    private static String line(MergeConflict conflict) {
        return line(conflict.key(), conflict.base(), conflict.ours(), conflict.theirs());
    }

    /// Key by key, with conflicts decided in a way that depends on the key.
    private static Expected expected(Three three, ConflictResolver resolver) {
        TreeSet<byte[]> keys = new TreeSet<>(Bytes::compare);
        keys.addAll(three.base().keySet());
        keys.addAll(three.ours().keySet());
        keys.addAll(three.theirs().keySet());
        Expected expected = new Expected(Sample.map(), new ArrayList<>());
        for (byte[] key : keys) {
            byte[] base = three.base().get(key);
            byte[] ours = three.ours().get(key);
            byte[] theirs = three.theirs().get(key);
            byte[] result;
            if (Arrays.equals(ours, theirs) || Arrays.equals(base, theirs)) {
                result = ours;
            } else if (Arrays.equals(base, ours)) {
                result = theirs;
            } else {
                expected.conflicts().add(line(key, base, ours, theirs));
                result = switch (resolver.resolve(new MergeConflict(key, null, null, null))) {
                    case Resolution.Take(byte[] value) -> value;
                    case Resolution.Ours _, Resolution.Unresolved _ -> ours;
                    case Resolution.Theirs _ -> theirs;
                    case Resolution.Delete _ -> null;
                };
            }
            if (result != null) {
                expected.merged().put(key, result);
            }
        }
        return expected;
    }

    /// Decides by the last bits of the key, so that every kind of decision comes up.
    private static Resolution byKey(MergeConflict conflict) {
        byte[] key = conflict.key();
        return switch ((key[5] & 0xff) % 5) {
            case 0 -> new Resolution.Take(Arrays.copyOf(key, 100));
            case 1 -> new Resolution.Ours();
            case 2 -> new Resolution.Theirs();
            case 3 -> new Resolution.Delete();
            default -> new Resolution.Unresolved();
        };
    }

    private MergeResult merge(Three three, ConflictResolver resolver) {
        return build(nodes, three.ours()).merge(build(nodes, three.base()), build(nodes, three.theirs()), resolver);
    }

    @Test
    void givesTheTreeOfACleanBuildOfTheMergedMapAndEveryConflictInOrder() {
        Property.forAll(threes()).runs(300).check(three -> {
            List<String> conflicts = new ArrayList<>();
            MergeResult result = merge(three, conflict -> {
                conflicts.add(line(conflict));
                return byKey(conflict);
            });
            Expected expected = expected(three, TreeMergeTest::byKey);
            assertThat(conflicts).isEqualTo(expected.conflicts());
            assertThat(result.conflicts()).isEqualTo(conflicts.size());
            assertThat(result.tree()).isEqualTo(build(nodes, expected.merged()));
            assertThat(result.tree().count()).isEqualTo(expected.merged().size());
        });
    }

    @Test
    void countsWhatIsLeftUnresolvedAndKeepsOurSide() {
        Property.forAll(threes()).check(three -> {
            MergeResult result = merge(three, conflict -> new Resolution.Unresolved());
            Expected expected = expected(three, conflict -> new Resolution.Unresolved());
            assertThat(result.unresolved()).isEqualTo(expected.conflicts().size());
            assertThat(result.tree()).isEqualTo(build(nodes, expected.merged()));
        });
    }

    @Test
    void isTheSameWithTheSidesSwapped() {
        Property.forAll(threes()).check(three -> {
            Tree ours = merge(three, conflict -> new Resolution.Ours()).tree();
            assertThat(merge(three.swapped(), conflict -> new Resolution.Theirs())
                            .tree())
                    .isEqualTo(ours);
        });
    }

    @Test
    void mergingAgainChangesNothing() {
        Property.forAll(threes()).check(three -> {
            Tree theirs = build(nodes, three.theirs());
            Tree once = merge(three, conflict -> new Resolution.Ours()).tree();
            MergeResult again = once.merge(theirs, theirs, TreeMergeTest::byKey);
            assertThat(again).isEqualTo(new MergeResult(once, 0, 0));
            MergeResult withItself = once.merge(build(nodes, three.base()), once, TreeMergeTest::byKey);
            assertThat(withItself).isEqualTo(new MergeResult(once, 0, 0));
        });
    }

    @Test
    void findsTheSameConflictsWithoutWriting() {
        Property.forAll(threes()).check(three -> {
            Tree base = build(nodes, three.base());
            Tree ours = build(nodes, three.ours());
            Tree theirs = build(nodes, three.theirs());
            List<String> conflicts = new ArrayList<>();
            long count = ours.mergeConflicts(base, theirs, conflict -> {
                conflicts.add(line(conflict));
                return new Resolution.Unresolved();
            });
            assertThat(conflicts)
                    .isEqualTo(expected(three, TreeMergeTest::byKey).conflicts());
            assertThat(count).isEqualTo(conflicts.size());
        });
    }

    @Test
    void refusesAValueThatIsTooLong() {
        NavigableMap<byte[], byte[]> base = Sample.map(3);
        Three three =
                new Three(base, changed(base, List.of(new Block(2, 1, 2))), changed(base, List.of(new Block(2, 1, 3))));
        byte[] long_ = new byte[Tree.MAX_VALUE_BYTES + 1];
        assertThatThrownBy(() -> merge(three, conflict -> new Resolution.Take(long_)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // What it may cost. Trees of the real format, read cold.

    private static final int ROWS = 60_000;

    private final CountingChunks chunks = new CountingChunks();
    private final Nodes warm = new Nodes(chunks, 256 << 20);

    /// Reads and new chunks of a merge, and that its result is right.
    private long[] cost(
            NavigableMap<byte[], byte[]> base, NavigableMap<byte[], byte[]> ours, NavigableMap<byte[], byte[]> theirs) {
        Three three = new Three(base, ours, theirs);
        Tree expected = build(warm, expected(three, TreeMergeTest::byKey).merged());
        // A store without the merged tree: what is spliced must be there already, what is not is counted.
        CountingChunks fresh = new CountingChunks();
        Nodes writing = new Nodes(fresh, 256 << 20);
        Tree coldBase = build(writing, base);
        Tree coldOurs = build(writing, ours);
        Tree coldTheirs = build(writing, theirs);
        Nodes cold = new Nodes(fresh, 256 << 20);
        coldBase = Tree.load(cold, coldBase.root());
        coldOurs = Tree.load(cold, coldOurs.root());
        coldTheirs = Tree.load(cold, coldTheirs.root());
        fresh.reset();
        MergeResult result = coldOurs.merge(coldBase, coldTheirs, TreeMergeTest::byKey);
        long[] cost = {fresh.reads(), fresh.written()};
        assertThat(result.tree()).isEqualTo(expected);
        assertThat(result.conflicts()).isZero();
        return cost;
    }

    @Test
    void changesInDifferentPlacesCostTheirEdgesOnly() {
        NavigableMap<byte[], byte[]> base = Sample.map(ROWS);
        NavigableMap<byte[], byte[]> ours = changed(base, List.of(new Block(15_000, 15_000, 2)));
        NavigableMap<byte[], byte[]> theirs =
                changed(base, List.of(new Block(75_000, 18_000, 3), new Block(117_000, 9, 0)));
        int height = build(warm, base).height();
        long[] cost = cost(base, ours, theirs);
        // Three changed places, each with two edges, in three trees.
        assertThat(cost[0]).isLessThanOrEqualTo(3 * 2 * 3 * (height + 1L));
        assertThat(cost[1]).isLessThanOrEqualTo(3 * 2 * (height + 1L));
    }

    @Test
    void bothAppendingDifferentRowsCostsTheSeamOnly() {
        NavigableMap<byte[], byte[]> base = Sample.map(ROWS);
        NavigableMap<byte[], byte[]> ours = changed(base, List.of(new Block(150_000, 12_000, 2)));
        NavigableMap<byte[], byte[]> theirs = changed(base, List.of(new Block(180_000, 12_000, 2)));
        int height = build(warm, ours).height();
        long[] cost = cost(base, ours, theirs);
        assertThat(cost[0]).isLessThanOrEqualTo(3 * 2 * (height + 2L));
        assertThat(cost[1]).isLessThanOrEqualTo(3 * (height + 1L));
    }

    @Test
    void theSameChangeOnBothSidesIsNotRead() {
        NavigableMap<byte[], byte[]> base = Sample.map(ROWS);
        NavigableMap<byte[], byte[]> ours = changed(base, List.of(new Block(15_000, 15_000, 2), new Block(3, 1, 2)));
        NavigableMap<byte[], byte[]> theirs =
                changed(base, List.of(new Block(15_000, 15_000, 2), new Block(119_001, 1, 2)));
        int height = build(warm, base).height();
        long[] cost = cost(base, ours, theirs);
        assertThat(cost[0]).isLessThanOrEqualTo(3 * 4 * (height + 1L));
        assertThat(cost[1]).isLessThanOrEqualTo(3 * (height + 1L));
    }

    @Test
    void scatteredChangesCostTheLeavesThatBothChanged() {
        NavigableMap<byte[], byte[]> base = Sample.map(ROWS);
        Random random = new Random(5);
        List<Block> left = new ArrayList<>();
        List<Block> right = new ArrayList<>();
        for (int edit = 0; edit < 60; edit++) {
            left.add(new Block(2 * random.nextInt(ROWS), 1, 2));
            right.add(new Block(2 * random.nextInt(ROWS) + 1, 1, 3));
        }
        int height = build(warm, base).height();
        long[] cost = cost(base, changed(base, left), changed(base, right));
        assertThat(cost[0]).isLessThanOrEqualTo(3 * 120L * height);
        // A leaf that one side changed is that side's; only the inner nodes above, and leaves both changed, are new.
        long inner = ROWS / 100 / 50;
        assertThat(cost[1]).isLessThanOrEqualTo(inner + 40);
    }
}
