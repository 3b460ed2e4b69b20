package coppice.api.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What happened to one row between two positions of a feed. The arrays are the receiver's own.
public sealed interface RowChange {
    /// The space that the row is in.
    String space();

    /// Its key.
    byte[] key();

    /// Its key as text; bytes that are no UTF-8 show as replacement characters.
    default String keyText() {
        return new String(key(), UTF_8);
    }

    /// The row is there now, or fits the filter now.
    record Added(String space, byte[] key, byte[] after) implements RowChange {}

    /// The row is gone, or fits the filter no more.
    ///
    /// @param before the last value that was told
    record Removed(String space, byte[] key, byte[] before) implements RowChange {}

    /// The row has another value.
    record Modified(String space, byte[] key, byte[] before, byte[] after) implements RowChange {}
}
