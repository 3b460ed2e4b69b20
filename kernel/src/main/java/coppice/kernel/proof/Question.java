package coppice.kernel.proof;

import coppice.kernel.history.Catalog;
import coppice.kernel.tree.RangeWalk;
import coppice.kernel.tree.Tree;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What is asked of a commit. Immutable: nobody changes the arrays.
public sealed interface Question {
    /// The most rows that one answer has.
    int ROWS_MAX = 65_536;

    /// The most that the keys and values of one answer take together, in bytes: as much as the largest row.
    long ROOM = RangeWalk.ROW_BYTES_MAX;

    /// The longest bound of a range, in bytes: that of what follows the longest key.
    int BOUND_BYTES_MAX = Tree.MAX_KEY_BYTES + 1;

    /// The space that is asked about; it need not exist.
    String space();

    /// What is under a key.
    ///
    /// @param key 1 to [Tree#MAX_KEY_BYTES] bytes
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    record OfKey(String space, byte[] key) implements Question {
        /// @throws IllegalArgumentException when something is beyond its limit
        public OfKey {
            checkSpace(space);
            if (key.length == 0 || key.length > Tree.MAX_KEY_BYTES) {
                throw new IllegalArgumentException(
                        "A key has 1 to " + Tree.MAX_KEY_BYTES + " bytes; this one has " + key.length);
            }
        }
    }

    /// What is in `[from, to)`.
    ///
    /// @param from empty for no lower bound
    /// @param to null for no upper bound
    /// @param limit the most rows to answer with, 1 to [#ROWS_MAX]
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    record OfRange(String space, byte[] from, byte @Nullable [] to, int limit) implements Question {
        /// @throws IllegalArgumentException when something is beyond its limit
        public OfRange {
            checkSpace(space);
            if (from.length > BOUND_BYTES_MAX || (to != null && to.length > BOUND_BYTES_MAX)) {
                throw new IllegalArgumentException(
                        "A bound of a range has at most " + BOUND_BYTES_MAX + " bytes: shorten it");
            }
            if (limit < 1 || limit > ROWS_MAX) {
                throw new IllegalArgumentException("A proof has 1 to " + ROWS_MAX + " entries of a range, not " + limit
                        + ": prove the range in parts");
            }
        }
    }

    /// Asks what is in `[from, to)`; see [OfRange].
    static Question ofRange(String space, byte[] from, byte @Nullable [] to, int limit) {
        return new OfRange(space, from, to, limit);
    }

    private static void checkSpace(String space) {
        int length = space.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0
                || length > Catalog.NAME_BYTES_MAX
                || !StandardCharsets.UTF_8.newEncoder().canEncode(space)) {
            throw new IllegalArgumentException("The name of a space has 1 to " + Catalog.NAME_BYTES_MAX
                    + " bytes of UTF-8; '" + space + "' has " + length);
        }
    }
}
