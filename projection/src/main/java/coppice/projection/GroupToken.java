package coppice.projection;

import coppice.expression.Direction;
import coppice.expression.SortKeyReader;
import coppice.expression.SortKeyWriter;
import coppice.expression.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Names a group: by the sort keys of what its rows have in common, one after another, or by a digest of these
/// where they are long. No token begins with another.
final class GroupToken {
    /// Longer sort keys become a digest.
    private static final int LONGEST = 1_024;

    static final byte DIGEST = (byte) 0xFE;
    private static final int DIGEST_BYTES = 33;

    /// The group of all rows, when nothing tells them apart.
    private static final byte[] ALL = {0};

    private static final byte[] NOTHING = {};

    private GroupToken() {}

    static byte[] sortKey(List<Value> values) {
        SortKeyWriter writer = new SortKeyWriter();
        values.forEach(value -> writer.add(value, Direction.ASCENDING));
        return values.isEmpty() ? ALL : writer.bytes();
    }

    static byte[] of(byte[] sortKey) {
        if (sortKey.length <= LONGEST) {
            return sortKey;
        }
        byte[] token = new byte[DIGEST_BYTES];
        token[0] = DIGEST;
        System.arraycopy(Digest.of(sortKey), 0, token, 1, DIGEST_BYTES - 1);
        return token;
    }

    /// What the entry of a group keeps of the sort key beside the token.
    static byte[] kept(byte[] sortKey) {
        return sortKey.length <= LONGEST ? NOTHING : sortKey;
    }

    static boolean isDigest(byte[] token) {
        return token[0] == DIGEST;
    }

    /// The token that an entry's key begins with.
    ///
    /// @param values how many its group has in common
    /// @throws IllegalArgumentException when it begins with none
    static byte[] in(byte[] key, int values) {
        if (key.length > 0 && key[0] == DIGEST && key.length >= DIGEST_BYTES) {
            return Arrays.copyOf(key, DIGEST_BYTES);
        }
        if (values == 0 && key.length > 0 && key[0] == ALL[0]) {
            return ALL.clone();
        }
        SortKeyReader reader = new SortKeyReader(key, 0);
        for (int i = 0; i < Math.max(1, values); i++) {
            reader.skip(Direction.ASCENDING);
        }
        return Arrays.copyOf(key, reader.position());
    }

    static List<Value> values(byte[] sortKey, int count) {
        SortKeyReader reader = new SortKeyReader(sortKey, 0);
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(reader.next(Direction.ASCENDING));
        }
        return values;
    }
}
