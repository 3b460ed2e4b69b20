package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.store.MemoryChunks;
import coppice.testing.property.Gen;
import coppice.testing.property.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Trees and cursors beside a plain sorted map, under random commands.
class TreeModelTest {
    private static final TreeFormat TINY = new TreeFormat(96, 32, 200, 0, 60);
    private static final Gen<byte[]> KEYS = Gen.bytes(1, 12);
    private static final Gen<byte[]> VALUES = Gen.bytes(0, 80);

    /// A tree that changes, and a cursor on it.
    private static final class Subject {
        final Nodes nodes = new Nodes(new MemoryChunks(), 20_000, TINY);
        Tree tree = Tree.empty(nodes);
        Cursor cursor = tree.cursor();

        void set(Tree changed) {
            tree = changed;
            cursor = tree.cursor();
        }
    }

    private record Batch(List<Edit> edits) implements Model.Command<NavigableMap<byte[], byte[]>, Subject> {
        @Override
        public void run(NavigableMap<byte[], byte[]> model, Subject subject) {
            NavigableMap<byte[], Edit> sorted = Rows.map();
            edits.forEach(edit -> sorted.put(edit.key(), edit));
            for (Edit edit : sorted.values()) {
                byte[] value = edit.value();
                if (value == null) {
                    model.remove(edit.key());
                } else {
                    model.put(edit.key(), value);
                }
            }
            subject.set(subject.tree.apply(Edits.of(sorted.values())));
            assertThat(subject.tree).isEqualTo(Rows.build(subject.nodes, model));
        }
    }

    private record DeleteRange(byte[] from, byte[] to) implements Model.Command<NavigableMap<byte[], byte[]>, Subject> {
        @Override
        public void run(NavigableMap<byte[], byte[]> model, Subject subject) {
            if (Arrays.compareUnsigned(from, to) < 0) {
                model.subMap(from, true, to, false).clear();
            }
            subject.set(subject.tree.deleteRange(from, to));
            assertThat(subject.tree).isEqualTo(Rows.build(subject.nodes, model));
        }
    }

    private enum Move {
        FIRST,
        LAST,
        SEEK,
        SEEK_BEFORE,
        SEEK_AT_OR_BEFORE,
        SELECT
    }

    /// Goes somewhere, then some steps in random directions, and compares each row.
    private record Walk(Move move, byte[] key, List<Boolean> steps)
            implements Model.Command<NavigableMap<byte[], byte[]>, Subject> {
        @Override
        public void run(NavigableMap<byte[], byte[]> model, Subject subject) {
            Cursor cursor = subject.cursor;
            byte[] at = switch (move) {
                case FIRST -> same(cursor, cursor.first(), model.firstEntry());
                case LAST -> same(cursor, cursor.last(), model.lastEntry());
                case SEEK -> same(cursor, cursor.seek(key), model.ceilingEntry(key));
                case SEEK_BEFORE -> same(cursor, cursor.seekBefore(key), model.lowerEntry(key));
                case SEEK_AT_OR_BEFORE -> same(cursor, cursor.seekAtOrBefore(key), model.floorEntry(key));
                case SELECT -> select(model, cursor);
            };
            for (boolean forward : steps) {
                if (at == null) {
                    return;
                }
                at = forward
                        ? same(cursor, cursor.next(), model.higherEntry(at))
                        : same(cursor, cursor.previous(), model.lowerEntry(at));
            }
        }

        private byte @Nullable [] select(NavigableMap<byte[], byte[]> model, Cursor cursor) {
            if (model.isEmpty()) {
                return null;
            }
            int index = Math.floorMod(Arrays.hashCode(key), model.size());
            cursor.seekIndex(index);
            byte[] expected = new ArrayList<>(model.keySet()).get(index);
            assertThat(cursor.index()).isEqualTo(index);
            return same(cursor, true, model.floorEntry(expected));
        }

        private static byte @Nullable [] same(
                Cursor cursor, boolean onRow, Map.@Nullable Entry<byte[], byte[]> expected) {
            assertThat(onRow).isEqualTo(expected != null);
            assertThat(cursor.onRow()).isEqualTo(onRow);
            if (expected == null) {
                return null;
            }
            assertThat(cursor.key()).isEqualTo(expected.getKey());
            assertThat(cursor.value()).isEqualTo(expected.getValue());
            assertThat(cursor.valueLength()).isEqualTo(expected.getValue().length);
            assertThat(HexFormat.of()
                            .formatHex(cursor.keyArray(), cursor.keyOffset(), cursor.keyOffset() + cursor.keyLength()))
                    .isEqualTo(HexFormat.of().formatHex(expected.getKey()));
            return expected.getKey();
        }
    }

    @Test
    void treesAndCursorsBehaveLikeASortedMap() {
        Gen<Edit> puts = Gen.combine(KEYS, VALUES, Edit::put);
        Gen<Edit> deletes = KEYS.map(Edit::delete);
        Gen<Batch> batches =
                Gen.frequency(puts.weighing(3), deletes.weighing(1)).list(0, 40).map(Batch::new);
        Gen<DeleteRange> ranges = Gen.combine(KEYS, KEYS, DeleteRange::new);
        Gen<Walk> walks = Gen.enums(Move.class)
                .flatMap(move ->
                        Gen.combine(KEYS, Gen.booleans().list(0, 60), (key, steps) -> new Walk(move, key, steps)));
        Model.<NavigableMap<byte[], byte[]>, Subject>of(Rows::map, Subject::new)
                .commands(model -> Gen.frequency(batches.weighing(4), walks.weighing(6), ranges.weighing(1)))
                .check();
    }

    @Test
    void aCursorBeyondAnEndComesBack() {
        Subject subject = new Subject();
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.DIGITS, 100, new Random(1));
        rows.values().removeIf(value -> value.length > 60);
        Cursor cursor = Rows.build(subject.nodes, rows).cursor();
        assertThat(cursor.onRow()).isFalse();
        assertThat(cursor.previous()).isFalse();
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.key()).isEqualTo(rows.firstKey());
        assertThat(cursor.previous()).isFalse();
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.key()).isEqualTo(rows.firstKey());
        assertThat(cursor.seek(Rows.text("zzz"))).isFalse();
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.previous()).isTrue();
        assertThat(cursor.key()).isEqualTo(rows.lastKey());
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.previous()).isTrue();
        assertThat(cursor.key()).isEqualTo(rows.lastKey());
    }
}
