package coppice.engine.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Range;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// An index of the words of texts: an entry for each word of each row, which tells how often it is there.
final class Words implements Derivation {
    private final Range keys;
    /// How many rows were looked at so far.
    final AtomicLong looks = new AtomicLong();

    Words(Range keys) {
        this.keys = keys;
    }

    @Override
    public Hash name() {
        return Hash.of("words".getBytes(UTF_8));
    }

    @Override
    public Range keys() {
        return keys;
    }

    @Override
    public void derive(byte[] key, byte[] value, Sink out) {
        looks.incrementAndGet();
        counts(value)
                .forEach((word, count) ->
                        out.entry(entry(word, key), count.toString().getBytes(UTF_8)));
    }

    private static Map<String, Integer> counts(byte[] value) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String word : new String(value, UTF_8).split(" ", -1)) {
            if (!word.isEmpty()) {
                counts.merge(word, 1, Integer::sum);
            }
        }
        return counts;
    }

    private static byte[] entry(String word, byte[] key) {
        byte[] start = (word + "/").getBytes(UTF_8);
        byte[] entry = Arrays.copyOf(start, start.length + key.length);
        System.arraycopy(key, 0, entry, start.length, key.length);
        return entry;
    }

    /// What it must come to, made the simple way.
    List<String> expected(SpaceState state) {
        TreeMap<byte[], String> all = new TreeMap<>(Arrays::compareUnsigned);
        try (StateCursor cursor = state.scan(keys)) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                counts(cursor.value()).forEach((word, count) -> all.put(entry(word, key), count.toString()));
            }
        }
        List<String> shown = new ArrayList<>();
        all.forEach((key, value) -> shown.add(new String(key, UTF_8) + "=" + value));
        return shown;
    }

    static List<String> shown(SpaceState entries) {
        List<String> shown = new ArrayList<>();
        try (StateCursor cursor = entries.scan(Range.all())) {
            while (cursor.next()) {
                shown.add(new String(cursor.key(), UTF_8) + "=" + new String(cursor.value(), UTF_8));
            }
        }
        return shown;
    }

    static List<String> shown(Tree entries) {
        List<String> shown = new ArrayList<>();
        for (Cursor cursor = entries.cursor(); cursor.next(); ) {
            shown.add(new String(cursor.key(), UTF_8) + "=" + new String(cursor.value(), UTF_8));
        }
        return shown;
    }
}
