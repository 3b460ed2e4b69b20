package coppice.projection;

import coppice.expression.Direction;
import coppice.expression.KeyRange;
import coppice.expression.SortKeyReader;
import coppice.expression.SortKeyWriter;
import coppice.expression.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// The entries of the different values that a measure has in a group. The key of one is the prefix and the sort
/// key of the value. A sort key of more than 2,048 bytes is cut and gets a digest behind, which makes it one byte
/// longer than any that is whole: so the entries are in the order of values but for long ones that begin alike.
///
/// @param prefix what the keys of these entries begin with, and no others
record ValueEntries(GroupValues all, byte[] prefix) {
    private static final int LONGEST = 2_048;
    private static final int DIGEST_BYTES = 32;
    private static final int CUT = LONGEST + 1 - DIGEST_BYTES;
    private static final byte[] NOTHING = {};

    /// What begins the keys of the entries of a measure.
    ///
    /// @param measure its number, from 0
    static byte[] prefix(byte[] token, int measure) {
        byte[] prefix = Arrays.copyOf(token, token.length + 2);
        prefix[token.length] = 1;
        prefix[token.length + 1] = (byte) measure;
        return prefix;
    }

    static byte[] sortKey(Value value) {
        return new SortKeyWriter().add(value, Direction.ASCENDING).bytes();
    }

    static byte[] key(byte[] prefix, byte[] sortKey) {
        if (sortKey.length <= LONGEST) {
            return joined(prefix, sortKey, sortKey.length);
        }
        byte[] key = joined(prefix, sortKey, LONGEST + 1);
        System.arraycopy(Digest.of(sortKey), 0, key, prefix.length + CUT, DIGEST_BYTES);
        return key;
    }

    /// What an entry keeps of a sort key beside its own key.
    static byte[] kept(byte[] sortKey) {
        return sortKey.length <= LONGEST ? NOTHING : sortKey;
    }

    private static byte[] joined(byte[] first, byte[] second, int length) {
        byte[] joined = Arrays.copyOf(first, first.length + length);
        System.arraycopy(second, 0, joined, first.length, length);
        return joined;
    }

    /// How many different values.
    long count() {
        return all.count(prefix, end(prefix));
    }

    /// The value that sorts first; NULL when there is none.
    Value least() {
        return all.first(prefix, end(prefix))
                .map(entry -> value(extreme(entry, -1)))
                .orElse(Value.Null.VALUE);
    }

    /// The value that sorts last; NULL when there is none.
    Value greatest() {
        return all.last(prefix, end(prefix))
                .map(entry -> value(extreme(entry, 1)))
                .orElse(Value.Null.VALUE);
    }

    private static Value value(byte[] sortKey) {
        return new SortKeyReader(sortKey, 0).next(Direction.ASCENDING);
    }

    /// The sort key that is furthest to one side of those that begin as the one of an entry does.
    private byte[] extreme(Map.Entry<byte[], byte[]> entry, int side) {
        byte[] best = sortKey(entry);
        if (best.length < CUT) {
            return best;
        }
        byte[] like = joined(prefix, best, CUT);
        byte[] end = end(like);
        for (Optional<Map.Entry<byte[], byte[]>> next = all.first(like, end); next.isPresent(); ) {
            byte[] other = sortKey(next.get());
            best = side * Arrays.compareUnsigned(other, best) > 0 ? other : best;
            byte[] key = next.get().getKey();
            next = all.first(Arrays.copyOf(key, key.length + 1), end);
        }
        return best;
    }

    private byte[] sortKey(Map.Entry<byte[], byte[]> entry) {
        byte[] kept = Tally.decode(entry.getValue()).sortKey();
        byte[] key = entry.getKey();
        return kept.length > 0 ? kept : Arrays.copyOfRange(key, prefix.length, key.length);
    }

    /// What comes after all that begins with a token, or with more.
    private static byte[] end(byte[] beginning) {
        return KeyRange.beginningWith(beginning).to();
    }
}
