package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MemoryChunks;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RangeWalkTest {
    private static final byte[] START = {};

    private final MemoryChunks chunks = new MemoryChunks();
    private final Nodes nodes = new Nodes(chunks, 1 << 20, Sample.SMALL);

    private RangeWalk.Found walk(
            ChunkWalk.Source source, Hash root, byte[] from, byte @Nullable [] to, int limit, long room) {
        return RangeWalk.read(nodes.format(), source, root, from, to, limit, room);
    }

    private record Ask(int size, int from, int to, int limit, int room) {
        NavigableMap<byte[], byte[]> in(NavigableMap<byte[], byte[]> map) {
            byte[] low = Sample.key(from);
            byte[] high = Sample.key(to);
            return Bytes.compare(low, high) > 0 ? Sample.map() : map.subMap(low, true, high, false);
        }
    }

    private static Gen<Ask> asks() {
        Gen<Integer> places = Gen.ints(0, 1_300);
        return choices -> new Ask(
                Sample.sizes().from(choices),
                places.from(choices),
                places.from(choices),
                Gen.ints(1, 700).from(choices),
                Gen.ints(100, 20_000).from(choices));
    }

    /// The rows that the contract promises, and the key behind them.
    private static List<byte[]> expected(Ask ask, NavigableMap<byte[], byte[]> range) {
        List<byte[]> keys = new ArrayList<>();
        long room = ask.room();
        for (Map.Entry<byte[], byte[]> row : range.entrySet()) {
            room -= row.getKey().length + row.getValue().length;
            keys.add(row.getKey());
            if (keys.size() > ask.limit() || room < 0) {
                break;
            }
        }
        return keys;
    }

    @Test
    void aRangeHasTheRowsOfAMapAndTheChunksReadAreEnoughForTheSameAnswer() {
        Property.forAll(asks()).runs(300).check(ask -> {
            NavigableMap<byte[], byte[]> map = Sample.map(ask.size());
            Tree tree = Sample.build(nodes, map);
            Set<Hash> read = new LinkedHashSet<>();
            ChunkWalk.Source noting = hash -> {
                read.add(hash);
                return chunks.read(hash);
            };
            byte[] from = Sample.key(ask.from());
            byte[] to = Sample.key(ask.to());
            RangeWalk.Found found = walk(noting, tree.root(), from, to, ask.limit(), ask.room());
            NavigableMap<byte[], byte[]> range = ask.in(map);
            List<byte[]> keys = expected(ask, range);
            assertThat(found.count()).isEqualTo(map.size());
            if (found.next() != null) {
                assertThat(found.next()).isEqualTo(keys.removeLast());
            } else {
                assertThat(keys).hasSameSizeAs(range.keySet());
            }
            assertThat(found.rows()).extracting(RangeWalk.Row::key).containsExactlyElementsOf(keys);
            found.rows().forEach(row -> assertThat(row.value()).isEqualTo(map.get(row.key())));

            List<Hash> again = new ArrayList<>();
            MemoryChunks few = new MemoryChunks();
            read.forEach(hash -> few.write(chunks.read(hash)));
            RangeWalk.Found same = walk(
                    hash -> {
                        again.add(hash);
                        return few.read(hash);
                    },
                    tree.root(),
                    from,
                    to,
                    ask.limit(),
                    ask.room());
            assertThat(same.rows()).hasSameSizeAs(found.rows());
            assertThat(new LinkedHashSet<>(again)).containsExactlyElementsOf(read);
        });
    }

    @Test
    void everyKeyIsFoundAndEveryOtherIsNot() {
        NavigableMap<byte[], byte[]> map = Sample.map(500);
        Tree tree = Sample.build(nodes, map);
        for (int number = -1; number < 1_003; number++) {
            byte[] key = number < 0 ? new byte[] {0} : Sample.key(number);
            byte[] after = java.util.Arrays.copyOf(key, key.length + 1);
            RangeWalk.Found found = walk(chunks::read, tree.root(), key, after, 1, RangeWalk.ROW_BYTES_MAX);
            byte[] value = map.get(key);
            assertThat(found.next()).isNull();
            assertThat(found.rows()).hasSize(value == null ? 0 : 1);
            found.rows().forEach(row -> assertThat(row.value()).isEqualTo(value));
        }
    }

    @Test
    void aLookupReadsOneNodeALevelAndAShortRangeNoMoreThanItsEdges() {
        Tree tree = Sample.build(nodes, Sample.map(500));
        assertThat(tree.height()).isGreaterThan(2);
        List<Hash> read = new ArrayList<>();
        ChunkWalk.Source noting = hash -> {
            read.add(hash);
            return chunks.read(hash);
        };
        byte[] key = Sample.key(502); // its value is short
        walk(noting, tree.root(), key, java.util.Arrays.copyOf(key, key.length + 1), 1, RangeWalk.ROW_BYTES_MAX);
        assertThat(read).hasSize(tree.height());
        read.clear();
        walk(noting, tree.root(), Sample.key(100), null, 2, RangeWalk.ROW_BYTES_MAX);
        assertThat(read).hasSizeLessThanOrEqualTo(2 * tree.height());
        read.clear();
        byte[] beyond = {(byte) 0xff};
        assertThat(walk(noting, tree.root(), beyond, null, 2, RangeWalk.ROW_BYTES_MAX)
                        .rows())
                .isEmpty();
        assertThat(read).containsExactly(tree.root());
        read.clear();
        assertThat(walk(noting, Tree.empty(nodes).root(), START, null, 2, 0).rows())
                .isEmpty();
        assertThat(read).isEmpty();
    }

    @Test
    void aLongValueComesWhole() {
        byte[] value = new byte[3_000_000];
        new Random(1).nextBytes(value);
        Nodes standard = new Nodes(chunks, 1 << 20);
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.DIGITS, 1_000, new Random(2));
        rows.put(Rows.text("long"), value);
        rows.put(Rows.text("longer"), new byte[5_000_000]);
        Tree tree = Rows.build(standard, rows);
        assertThat(RangeWalk.read(chunks::read, tree.root(), Rows.text("long")).rows())
                .singleElement()
                .satisfies(row -> assertThat(row.value()).isEqualTo(value));
        assertThat(RangeWalk.read(chunks::read, tree.root(), Rows.text("longer"))
                        .rows())
                .singleElement()
                .satisfies(row -> assertThat(row.value()).isEqualTo(new byte[5_000_000]));
    }

    private Hash inner(Tree left, Tree right) {
        NodeWriter writer = new NodeWriter(1);
        for (Tree side : List.of(left, right)) {
            byte[] last = side.rootNode().key(side.rootNode().count() - 1);
            writer.addChild(last, 0, last.length, side.count(), side.root(), null);
        }
        return chunks.write(writer.encode());
    }

    private Tree leaf(String... keys) {
        NavigableMap<byte[], byte[]> rows = Rows.map();
        for (String key : keys) {
            rows.put(Rows.text(key), new byte[1]);
        }
        Tree tree = Rows.build(nodes, rows);
        assertThat(tree.height()).isOne();
        return tree;
    }

    /// A search for `c` would not find it, a scan would.
    @Test
    void keysThatLieBehindOthersOfTheirNeighbourAreRefused() {
        Hash root = inner(leaf("b", "d"), leaf("c", "e"));
        assertThatThrownBy(() -> RangeWalk.read(nodes.format(), chunks::read, root, Rows.text("e"), null, 5, 1_000))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("greater than all to the left");
    }

    @Test
    void nodesThatEndElsewhereOrAreAloneAreRefused() {
        Hash early = inner(leaf("a", "b"), leaf("c", "e"));
        assertThatThrownBy(() -> RangeWalk.read(nodes.format(), chunks::read, early, Rows.text("a"), null, 5, 1_000))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("an end too early");
        Tree only = leaf("a");
        NodeWriter writer = new NodeWriter(1);
        writer.addChild(Rows.text("a"), 0, 1, 1, only.root(), null);
        Hash alone = chunks.write(writer.encode());
        assertThatThrownBy(() -> RangeWalk.read(nodes.format(), chunks::read, alone, START, null, 5, 1_000))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("one child");
    }

    /// A million chunks of a byte each would make a long look of a short proof.
    @Test
    void aBlobThatIsCutElsewhereIsRefused() {
        Hash data = chunks.write(new byte[] {BlobNode.DATA_TAG, BlobNode.VERSION, 7});
        long[] ends = new long[200];
        byte[] hashes = new byte[ends.length * Hash.BYTES];
        for (int child = 0; child < ends.length; child++) {
            ends[child] = child + 1L;
            data.write(hashes, child * Hash.BYTES);
        }
        Hash index = chunks.write(BlobNode.encode(1, ends.length, ends, hashes));
        assertThat(new Blob(ends.length, index).read(chunks)).hasSize(ends.length);
        NodeWriter writer = new NodeWriter(0);
        byte[] cell = new byte[Cell.BLOB_SIZE];
        Cell.writeBlob(new Blob(ends.length, index), cell, 0);
        writer.addCell(Rows.text("k"), cell, 0, cell.length);
        Hash root = chunks.write(writer.encode());
        assertThatThrownBy(() -> RangeWalk.read(nodes.format(), chunks::read, root, START, null, 5, 1_000))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("a blob chunk that ends where its content says");
    }
}
