package coppice.engine.views;

import coppice.api.KeyPattern;
import coppice.api.Limits;
import coppice.api.Range;
import coppice.engine.projection.Derivation;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// By what the rows of one side of a join are found: an entry for each row that has it, of its sort key, or where
/// that is long FE and its SHA-256, and of the row's key, or its SHA-256 where that is too long.
///
/// @param keyPattern the keys of the rows that count
/// @param by what a row has, of its key and document
record JoinKeys(Hash name, KeyPattern keyPattern, BiFunction<byte[], byte[], Optional<byte[]>> by)
        implements Derivation {
    private static final int LONGEST = 1_024;
    private static final byte DIGEST = (byte) 0xFE;

    @Override
    public Range keys() {
        return keyPattern.range();
    }

    @Override
    public boolean isReadBesideItsRows() {
        return true;
    }

    @Override
    public void derive(byte[] key, byte[] value, Sink out) {
        if (keyPattern.fits(key)) {
            by.apply(key, value).map(JoinKeys::beginning).ifPresent(beginning -> {
                boolean fits = beginning.length + key.length <= Limits.KEY_BYTES_MAX;
                byte[] entry = concat(beginning, fits ? key : Hash.of(key).toBytes());
                out.entry(entry, fits ? Bytes.EMPTY : key);
            });
        }
    }

    private static byte[] beginning(byte[] sortKey) {
        return sortKey.length <= LONGEST
                ? sortKey
                : concat(new byte[] {DIGEST}, Hash.of(sortKey).toBytes());
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /// Visits the keys of the rows that have it.
    static void rows(SpaceState entries, byte[] sortKey, Consumer<byte[]> visitor) {
        byte[] beginning = beginning(sortKey);
        try (StateCursor cursor = entries.scan(Range.prefix(beginning))) {
            while (cursor.next()) {
                byte[] whole = cursor.value();
                byte[] entry = cursor.key();
                visitor.accept(whole.length > 0 ? whole : Arrays.copyOfRange(entry, beginning.length, entry.length));
            }
        }
    }

    /// Whether any row has it.
    static boolean hasRows(SpaceState entries, byte[] sortKey) {
        try (StateCursor cursor = entries.scan(Range.prefix(beginning(sortKey)))) {
            return cursor.next();
        }
    }
}
