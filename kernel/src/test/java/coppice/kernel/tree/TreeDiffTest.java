package coppice.kernel.tree;

import static coppice.kernel.tree.Sample.build;
import static coppice.kernel.tree.Sample.changed;
import static coppice.kernel.tree.Sample.key;
import static coppice.kernel.tree.Sample.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.CountingChunks;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
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

class TreeDiffTest {
    private record Pair(NavigableMap<byte[], byte[]> before, NavigableMap<byte[], byte[]> after) {}

    private final Nodes nodes = new Nodes(new MemoryChunks(), 1 << 20, Sample.SMALL);

    private static Gen<Pair> pairs() {
        return Gen.combine(
                Gen.combine(Sample.sizes(), Sample.blocks(), (size, blocks) -> changed(Sample.map(size), blocks)),
                Sample.blocks(),
                (before, blocks) -> new Pair(before, changed(before, blocks)));
    }

    /// One line for each difference, as the diff tells it.
    private static List<String> lines(TreeDiff diff) {
        List<String> lines = new ArrayList<>();
        while (diff.next()) {
            lines.add(line(diff.kind(), diff.key(), diff.before(), diff.after()));
        }
        return lines;
    }

    private static String line(TreeDiff.Kind kind, byte[] key, byte @Nullable [] before, byte @Nullable [] after) {
        return kind + " " + HexFormat.of().formatHex(key) + " " + Arrays.toString(before) + Arrays.toString(after);
    }

    /// The same by comparing the maps.
    private static List<String> expected(Pair pair, byte @Nullable [] from, byte @Nullable [] to) {
        TreeSet<byte[]> keys = new TreeSet<>(Bytes::compare);
        keys.addAll(pair.before().keySet());
        keys.addAll(pair.after().keySet());
        List<String> lines = new ArrayList<>();
        for (byte[] key : keys) {
            byte[] before = pair.before().get(key);
            byte[] after = pair.after().get(key);
            boolean inRange =
                    (from == null || Bytes.compare(from, key) <= 0) && (to == null || Bytes.compare(key, to) < 0);
            if (inRange && !Arrays.equals(before, after)) {
                TreeDiff.Kind kind = before == null
                        ? TreeDiff.Kind.ADDED
                        : after == null ? TreeDiff.Kind.REMOVED : TreeDiff.Kind.CHANGED;
                lines.add(line(kind, key, before, after));
            }
        }
        return lines;
    }

    @Test
    void tellsExactlyWhatDiffersInOrder() {
        Property.forAll(pairs()).runs(250).check(pair -> {
            Tree before = build(nodes, pair.before());
            Tree after = build(nodes, pair.after());
            assertThat(lines(before.diff(after))).isEqualTo(expected(pair, null, null));
        });
    }

    @Test
    void appliedToTheEarlierTreeGivesTheLater() {
        Property.forAll(pairs()).runs(200).check(pair -> {
            Tree before = build(nodes, pair.before());
            Tree after = build(nodes, pair.after());
            List<Edit> edits = new ArrayList<>();
            TreeDiff diff = before.diff(after);
            while (diff.next()) {
                edits.add(new Edit(diff.key(), diff.after()));
            }
            assertThat(before.apply(Edits.of(edits))).isEqualTo(after);
        });
    }

    @Test
    void theOtherWayRoundTellsTheOpposite() {
        Property.forAll(pairs()).check(pair -> {
            Tree before = build(nodes, pair.before());
            Tree after = build(nodes, pair.after());
            assertThat(lines(after.diff(before)))
                    .isEqualTo(expected(new Pair(pair.after(), pair.before()), null, null));
            TreeDiff.Count there = before.diffCount(after, null, null);
            TreeDiff.Count back = after.diffCount(before, null, null);
            assertThat(back).isEqualTo(new TreeDiff.Count(there.removed(), there.added(), there.changed()));
        });
    }

    private record Ranged(Pair pair, byte @Nullable [] from, byte @Nullable [] to) {}

    private static Gen<Ranged> ranged() {
        Gen<byte[]> bounds = Gen.oneOf(Gen.ints(0, 1_300).map(Sample::key), Gen.bytes(1, 9));
        Gen<byte @Nullable []> optional = choices -> choices.upTo(4) == 0 ? null : bounds.from(choices);
        return pairs().flatMap(pair -> Gen.combine(optional, optional, (from, to) -> new Ranged(pair, from, to)));
    }

    @Test
    void aRangeDiffIsTheFilteredDiff() {
        Property.forAll(ranged()).runs(250).check(it -> {
            Tree before = build(nodes, it.pair().before());
            Tree after = build(nodes, it.pair().after());
            assertThat(lines(before.diff(after, it.from(), it.to())))
                    .isEqualTo(expected(it.pair(), it.from(), it.to()));
        });
    }

    @Test
    void countsWhatItWouldTell() {
        Property.forAll(ranged()).runs(250).check(it -> {
            List<String> lines = expected(it.pair(), it.from(), it.to());
            TreeDiff.Count count = build(nodes, it.pair().before())
                    .diffCount(build(nodes, it.pair().after()), it.from(), it.to());
            assertThat(count.total()).isEqualTo(lines.size());
            assertThat(count.added()).isEqualTo(startingWith(lines, "ADDED"));
            assertThat(count.removed()).isEqualTo(startingWith(lines, "REMOVED"));
        });
    }

    private static long startingWith(List<String> lines, String prefix) {
        return lines.stream().filter(line -> line.startsWith(prefix)).count();
    }

    @Test
    void aDiffResumedAfterEachKeyIsTheWholeDiff() {
        Property.forAll(pairs()).runs(60).check(pair -> {
            Tree before = build(nodes, pair.before());
            Tree after = build(nodes, pair.after());
            List<String> lines = new ArrayList<>();
            TreeDiff diff = before.diff(after);
            while (diff.next()) {
                lines.add(line(diff.kind(), diff.key(), diff.before(), diff.after()));
                byte[] successor = Arrays.copyOf(diff.key(), diff.key().length + 1);
                diff = before.diff(after, successor, null);
            }
            assertThat(lines).isEqualTo(expected(pair, null, null));
        });
    }

    @Test
    void asksForADifferenceFirst() {
        TreeDiff diff = Tree.empty(nodes).diff(Tree.empty(nodes));
        assertThatThrownBy(diff::key).isInstanceOf(IllegalStateException.class);
        assertThat(diff.next()).isFalse();
        assertThatThrownBy(diff::kind).isInstanceOf(IllegalStateException.class);
    }

    // What it may cost. Trees of the real format, read cold.

    private static final int ROWS = 60_000;

    private final CountingChunks chunks = new CountingChunks();

    private Tree rows(NavigableMap<byte[], byte[]> map) {
        return build(new Nodes(chunks, 64 << 20), map);
    }

    private Tree cold(Hash root) {
        Nodes fresh = new Nodes(chunks, 256 << 20);
        return Tree.load(fresh, root);
    }

    /// Node reads of a diff, roots left out.
    private long reads(Tree before, Tree after, boolean countOnly) {
        Tree coldBefore = cold(before.root());
        Tree coldAfter = cold(after.root());
        chunks.reset();
        if (countOnly) {
            coldBefore.diffCount(coldAfter, null, null);
        } else {
            TreeDiff diff = coldBefore.diff(coldAfter);
            while (diff.next()) {
                assertThat(diff.kind()).isNotNull();
            }
        }
        return chunks.reads();
    }

    @Test
    void equalTreesAreNotRead() {
        Tree tree = rows(Sample.map(ROWS));
        assertThat(tree.height()).isGreaterThanOrEqualTo(3);
        assertThat(reads(tree, tree, false)).isZero();
    }

    @Test
    void oneChangedRowCostsOnePathOfEachTree() {
        NavigableMap<byte[], byte[]> map = Sample.map(ROWS);
        Tree before = rows(map);
        Random random = new Random(41);
        for (int run = 0; run < 50; run++) {
            int number = random.nextInt(2 * ROWS);
            Tree after = before.apply(Edits.of(List.of(Edit.put(key(number), value(number, 9)))));
            // The row may end a leaf that it did not end before, and so split or join nodes next to the path.
            assertThat(reads(before, after, false)).isLessThanOrEqualTo(2L * before.height() + 4);
        }
    }

    @Test
    void randomChangesCostTheirPaths() {
        Tree before = rows(Sample.map(ROWS));
        Random random = new Random(43);
        for (int edits : new int[] {10, 100, 500}) {
            NavigableMap<byte[], byte[]> changes = Sample.map();
            for (int edit = 0; edit < edits; edit++) {
                int number = random.nextInt(2 * ROWS);
                changes.put(key(number), value(number, 9));
            }
            List<Edit> sorted = new ArrayList<>();
            changes.forEach((key, value) -> sorted.add(Edit.put(key, value)));
            WriteStatistics statistics = new WriteStatistics();
            Tree after = before.apply(Edits.of(sorted), statistics);
            // What the edits wrote is what differs: on that many nodes, twice, the diff is within a tenth.
            assertThat(reads(before, after, false)).isLessThanOrEqualTo(2 * statistics.nodesWritten() * 11 / 10 + 4);
        }
    }

    @Test
    void shiftedChildrenAndUnequalHeightsDoNotDegrade() {
        NavigableMap<byte[], byte[]> map = Sample.map();
        for (int number = 10_000; number < 14_000; number++) {
            map.put(key(number), value(number, 1));
        }
        Tree middle = rows(map);
        NavigableMap<byte[], byte[]> front = changed(map, List.of(new Block(0, 10_000, 2)));
        Tree grown = rows(changed(front, List.of(new Block(100_000, 100_000, 2))));
        assertThat(grown.height()).isGreaterThan(middle.height());
        long budget = 4L * (middle.height() + grown.height());
        assertThat(middle.diffCount(grown, null, null)).isEqualTo(new TreeDiff.Count(110_000, 0, 0));
        assertThat(reads(middle, grown, true)).isLessThanOrEqualTo(budget);
        assertThat(reads(grown, middle, true)).isLessThanOrEqualTo(budget);
    }

    @Test
    void aRowPrependedIsFoundAlongTheLeftEdge() {
        Tree before = rows(Sample.map(ROWS));
        Tree after = before.apply(Edits.of(List.of(Edit.put(new byte[] {0}, new byte[] {1}))));
        assertThat(reads(before, after, false)).isLessThanOrEqualTo(2L * before.height() + 4);
    }

    @Test
    void aRangeDiffReadsOnlyTheRange() {
        NavigableMap<byte[], byte[]> map = Sample.map(ROWS);
        Tree before = rows(map);
        Tree after = rows(changed(map, List.of(new Block(0, 2 * ROWS, 2))));
        Tree coldBefore = cold(before.root());
        Tree coldAfter = cold(after.root());
        chunks.reset();
        assertThat(lines(coldBefore.diff(coldAfter, key(60_000), key(60_040)))).hasSize(40);
        assertThat(chunks.reads()).isLessThanOrEqualTo(2L * (before.height() + after.height()) + 4);
    }

    @Test
    void longValuesAreComparedWithoutReadingThem() {
        NavigableMap<byte[], byte[]> map = Sample.map();
        for (int number = 0; number < 50; number++) {
            map.put(key(number), Arrays.copyOf(value(number, 1), 100_000 + number));
        }
        Tree before = rows(map);
        map.put(key(25), Arrays.copyOf(value(25, 2), 100_025));
        Tree after = rows(map);
        Tree coldBefore = cold(before.root());
        TreeDiff diff = coldBefore.diff(cold(after.root()));
        chunks.reset();
        assertThat(diff.next()).isTrue();
        assertThat(diff.key()).isEqualTo(key(25));
        long nodesRead = chunks.reads();
        assertThat(nodesRead).isLessThanOrEqualTo(2L * before.height());
        assertThat(diff.after()).hasSize(100_025).startsWith(2);
        assertThat(chunks.reads()).isGreaterThan(nodesRead);
        assertThat(diff.next()).isFalse();
    }
}
