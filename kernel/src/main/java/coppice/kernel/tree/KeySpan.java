package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import java.util.Arrays;
import java.util.HexFormat;

/// A stretch of keys: those behind one, up to another. Not to be written to.
///
/// @param after the last key before them; empty where they begin with the tree
/// @param upTo the last of them; empty where they end with the tree
public record KeySpan(byte[] after, byte[] upTo) {
    /// All keys.
    public static final KeySpan ALL = new KeySpan(Bytes.EMPTY, Bytes.EMPTY);

    /// Whether another one begins just where this one ends.
    public boolean touches(KeySpan next) {
        return upTo.length > 0 && Arrays.equals(upTo, next.after);
    }

    /// Both together.
    ///
    /// @param next one that [#touches] this
    public KeySpan with(KeySpan next) {
        return new KeySpan(after, next.upTo);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeySpan span && Arrays.equals(after, span.after) && Arrays.equals(upTo, span.upTo);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(after) + Arrays.hashCode(upTo);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(after) + " .. " + HexFormat.of().formatHex(upTo);
    }
}
