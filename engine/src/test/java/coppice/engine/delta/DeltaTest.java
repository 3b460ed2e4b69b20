package coppice.engine.delta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaTest {
    private static final byte[][] PREFIXES = {
        {}, "user:".getBytes(UTF_8), {0, 0, 0, 0, 0, 0, 0, 0}, {-1}, "a long common prefix of keys:".getBytes(UTF_8)
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void behavesLikeASortedMapThroughEveryVersion(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Delta> versions = new ArrayList<>();
        List<NavigableMap<byte[], byte[]>> models = new ArrayList<>();
        Delta delta = Delta.EMPTY;
        NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        for (int step = 0; step < 60; step++) {
            byte[][] keys = new byte[random.nextInt(200)][];
            byte[][] values = new byte[keys.length][];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = key(random, seed);
                values[i] = random.nextInt(5) == 0 ? Delta.REMOVED : new byte[random.nextInt(9)];
                model.put(keys[i], values[i]);
            }
            delta = random.nextBoolean() ? delta.with(keys, values) : delta.merged(keys, values);
            versions.add(delta);
            models.add(new TreeMap<>(model));
        }
        for (int i = 0; i < versions.size(); i++) {
            assertSame(versions.get(i), models.get(i), random, seed);
            int other = random.nextInt(versions.size());
            assertDiffering(versions.get(i), versions.get(other), models.get(i), models.get(other));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void keepsNothingOfWhatIsRemovedAgainWhereNothingIsBelow(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Delta> versions = new ArrayList<>();
        List<NavigableMap<byte[], byte[]>> models = new ArrayList<>();
        Delta delta = Delta.EMPTY;
        NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        for (int step = 0; step < 80; step++) {
            int removedOfTen = step / 10 % 2 == 0 ? 3 : 9;
            byte[][] keys = new byte[random.nextInt(200)][];
            byte[][] values = new byte[keys.length][];
            for (int i = 0; i < keys.length; i++) {
                boolean isRemoved = random.nextInt(10) < removedOfTen;
                byte[] probe = key(random, seed);
                byte[] there = isRemoved ? model.ceilingKey(probe) : null;
                keys[i] = there == null ? probe : there.clone();
                values[i] = isRemoved ? Delta.REMOVED : new byte[random.nextInt(9)];
                note(model, keys[i], values[i]);
            }
            delta = delta.with(keys, values, DeltaTest::isNew);
            versions.add(delta);
            models.add(new TreeMap<>(model));
        }
        for (int i = 0; i < versions.size(); i++) {
            assertSame(versions.get(i), models.get(i), random, seed);
            assertThat(versions.get(i).bytes()).isEqualTo(bytes(models.get(i)));
            int other = random.nextInt(versions.size());
            assertDiffering(versions.get(i), versions.get(other), models.get(i), models.get(other));
        }
    }

    private static boolean isNew(byte[] key) {
        return key[key.length - 1] % 4 != 0;
    }

    @SuppressWarnings("ReferenceEquality") // a removal is an identity, not a content
    private static void note(NavigableMap<byte[], byte[]> model, byte[] key, byte[] value) {
        byte[] before = model.get(key);
        boolean isGone = value == Delta.REMOVED && before != null && before != Delta.REMOVED && isNew(key);
        if (isGone) {
            model.remove(key);
        } else {
            model.put(key, value);
        }
    }

    private static long bytes(NavigableMap<byte[], byte[]> model) {
        return model.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length + entry.getValue().length + Delta.ENTRY_BYTES)
                .sum();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 5_000, 100_000})
    void isEmptyWhenAllIsGoneAgain(int count) {
        byte[][] keys = new byte[count][];
        byte[][] values = new byte[count][];
        byte[][] removals = new byte[count][];
        for (int i = 0; i < count; i++) {
            keys[i] = numbered(i);
            values[i] = new byte[] {1};
            removals[i] = Delta.REMOVED;
        }
        Delta full = Delta.EMPTY.with(keys, values);
        DeltaEditor editor = full.edit();
        for (int i = 0; i < count; i++) {
            editor.put(keys[i], removals[i], _ -> true);
            editor.put(numbered(count + i % 10), values[i], _ -> true);
            editor.put(numbered(count + i % 10), removals[i], _ -> true);
        }
        assertThat(editor.done()).isSameAs(Delta.EMPTY);
        assertThat(full.size()).isEqualTo(count);
    }

    /// Whichever of two versions is the later one.
    @SuppressWarnings("ReferenceEquality") // by identity
    private static void assertDiffering(
            Delta one, Delta other, NavigableMap<byte[], byte[]> model, NavigableMap<byte[], byte[]> otherModel) {
        List<byte[]> expected = new ArrayList<>();
        model.forEach((key, value) -> {
            if (otherModel.get(key) != value) {
                expected.add(key);
            }
        });
        List<byte[]> found = new ArrayList<>();
        one.differing(other, found::add);
        assertThat(found).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 4096, 100_000})
    void packsAscendingKeys(int count) {
        DeltaEditor editor = Delta.EMPTY.edit();
        for (int i = 0; i < count; i++) {
            editor.put(String.format("%08d", i).getBytes(UTF_8), new byte[] {1});
        }
        Delta delta = editor.done();
        assertThat(delta.size()).isEqualTo(count);
        int seen = 0;
        for (DeltaCursor cursor = delta.cursor(); cursor.next(); seen++) {
            assertThat(new String(cursor.key(), UTF_8)).isEqualTo(String.format("%08d", seen));
        }
        assertThat(seen).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 10_000, 200_000})
    void keepsKeysInOrderWhateverOrderTheyCameIn(int count) {
        for (int multiplier : new int[] {1, -1, 7919, 99_991}) {
            DeltaEditor editor = Delta.EMPTY.edit();
            for (int i = 0; i < count; i++) {
                editor.put(numbered(Math.floorMod((long) i * multiplier, count)), new byte[0]);
            }
            DeltaCursor cursor = editor.done().cursor();
            for (int i = 0; i < count; i++) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.key()).isEqualTo(numbered(i));
            }
            assertThat(cursor.next()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {49_999, 50_000, 70_000})
    void takesVeryManyChangesAtOnce(int count) {
        SplittableRandom random = new SplittableRandom(count);
        NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        Delta delta = Delta.EMPTY;
        for (int round = 0; round < 3; round++) {
            byte[][] keys = new byte[count][];
            byte[][] values = new byte[count][];
            for (int i = 0; i < count; i++) {
                keys[i] = numbered(random.nextInt(2 * count));
                values[i] = new byte[] {(byte) i, (byte) round};
                model.put(keys[i], values[i]);
            }
            delta = delta.with(keys, values);
        }
        assertThat(delta.size()).isEqualTo(model.size());
        DeltaCursor cursor = delta.cursor();
        for (Map.Entry<byte[], byte[]> expected : model.entrySet()) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.key()).isEqualTo(expected.getKey());
            assertThat(cursor.value()).isSameAs(expected.getValue());
        }
        assertThat(cursor.next()).isFalse();
    }

    private static byte[] numbered(long number) {
        return String.format("%08d", number).getBytes(UTF_8);
    }

    private static byte[] key(SplittableRandom random, long seed) {
        boolean stranger = random.nextInt(300) == 0; // a key that has nothing in common with the others
        byte[] prefix = PREFIXES[(int) (stranger ? random.nextInt(PREFIXES.length) : seed % PREFIXES.length)];
        byte[] key = Arrays.copyOf(prefix, prefix.length + 1 + random.nextInt(3));
        for (int i = prefix.length; i < key.length; i++) {
            key[i] = (byte) random.nextInt(random.nextBoolean() ? 256 : 3);
        }
        return key;
    }

    private static void assertSame(
            Delta delta, NavigableMap<byte[], byte[]> model, SplittableRandom random, long seed) {
        assertThat(delta.size()).isEqualTo(model.size());
        DeltaCursor cursor = delta.cursor();
        for (Map.Entry<byte[], byte[]> entry : model.entrySet()) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.key()).isEqualTo(entry.getKey());
            assertThat(cursor.value()).isSameAs(entry.getValue());
            assertThat(delta.find(entry.getKey())).isSameAs(entry.getValue());
        }
        assertThat(cursor.next()).isFalse();
        cursor.seekEnd();
        for (byte[] key : model.descendingKeySet()) {
            assertThat(cursor.previous()).isTrue();
            assertThat(cursor.key()).isEqualTo(key);
        }
        assertThat(cursor.previous()).isFalse();
        for (int i = 0; i < 50; i++) {
            byte[] probe = key(random, seed);
            cursor.seek(probe);
            byte[] expected = model.ceilingKey(probe);
            assertThat(cursor.next()).isEqualTo(expected != null);
            if (expected != null) {
                assertThat(cursor.key()).isEqualTo(expected);
            }
            cursor.seek(probe);
            byte[] before = model.lowerKey(probe);
            assertThat(cursor.previous()).isEqualTo(before != null);
            if (before != null) {
                assertThat(cursor.key()).isEqualTo(before);
            }
            assertThat(delta.find(probe)).isSameAs(model.get(probe));
        }
    }
}
