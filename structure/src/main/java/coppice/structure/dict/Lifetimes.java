package coppice.structure.dict;

import coppice.api.Cursor;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.SpaceView;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/// When the entries of a dict end: a space beside its rows, with two rows for each entry that ends. One finds the
/// end by the key; the other, which is empty, finds the key by the end.
///
/// | key | value |
/// |---|---|
/// | `k`, key | end, 8 bytes: milliseconds since 1970 UTC |
/// | `t`, end, key | |
final class Lifetimes {
    private static final String SPACE_PREFIX = "@lifetimes/";
    private static final byte BY_KEY = 'k';
    private static final byte BY_TIME = 't';
    private static final byte[] NOTHING = {};

    /// How long the key of an entry may be, so that the rows here have a key.
    static final int KEY_BYTES_MAX = 4_000;

    private Lifetimes() {}

    /// The space for a dict.
    static String space(String dict) {
        return SPACE_PREFIX + dict;
    }

    /// When an entry ends, if it does.
    static Optional<Instant> end(SpaceView lifetimes, byte[] key) {
        byte[] end = lifetimes.getOrDefault(byKey(key), NOTHING);
        return end.length == Long.BYTES ? Optional.of(Instant.ofEpochMilli(read(end, 0))) : Optional.empty();
    }

    /// Gives an entry an end, or none.
    static void set(Space lifetimes, byte[] key, Optional<Instant> end) {
        Optional<Instant> before = end(lifetimes, key);
        if (before.equals(end)) {
            return;
        }
        before.ifPresent(old -> lifetimes.delete(byTime(old, key)));
        if (end.isPresent()) {
            long millis = end.get().toEpochMilli();
            lifetimes.put(
                    byKey(key), ByteBuffer.allocate(Long.BYTES).putLong(millis).array());
            lifetimes.put(byTime(end.get(), key), NOTHING);
        } else {
            lifetimes.delete(byKey(key));
        }
    }

    /// Visits the keys of entries that have ended by a moment, the earliest first.
    ///
    /// @param visitor says whether to go on
    static void ended(SpaceView lifetimes, Instant now, Predicate<byte[]> visitor) {
        Range range = Range.between(new byte[] {BY_TIME}, time(now.toEpochMilli() + 1));
        try (Cursor cursor = lifetimes.scan(range)) {
            while (cursor.next()) {
                byte[] row = cursor.key();
                if (!visitor.test(Arrays.copyOfRange(row, 1 + Long.BYTES, row.length))) {
                    return;
                }
            }
        }
    }

    /// When the next entry ends, if any does.
    static Optional<Instant> next(SpaceView lifetimes) {
        try (Cursor cursor = lifetimes.scan(Range.prefix(new byte[] {BY_TIME}))) {
            return cursor.next() ? Optional.of(Instant.ofEpochMilli(read(cursor.key(), 1))) : Optional.empty();
        }
    }

    private static byte[] byKey(byte[] key) {
        return ByteBuffer.allocate(1 + key.length).put(BY_KEY).put(key).array();
    }

    private static byte[] byTime(Instant end, byte[] key) {
        byte[] time = time(end.toEpochMilli());
        return ByteBuffer.allocate(time.length + key.length).put(time).put(key).array();
    }

    private static byte[] time(long millis) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(BY_TIME).putLong(millis).array();
    }

    private static long read(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getLong(at);
    }
}
