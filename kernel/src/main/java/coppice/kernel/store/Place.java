package coppice.kernel.store;

/// Where a record lies in its pack, offset and length (header included) in one long: `offset << 21 | length`.
/// Offsets go up to 4 TiB, lengths up to [PackRecord#MAX_LENGTH]. This is also its form in index files.
final class Place {
    /// No place at all.
    static final long NONE = -1;

    /// Packs end below this offset.
    static final long OFFSET_LIMIT = 1L << 42;

    private static final int LENGTH_BITS = 21;
    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

    private Place() {}

    static long of(long offset, int length) {
        assert offset >= 0 && offset < OFFSET_LIMIT && length > 0 && length <= PackRecord.MAX_LENGTH;
        return offset << LENGTH_BITS | length;
    }

    static long offset(long place) {
        return place >>> LENGTH_BITS;
    }

    static int length(long place) {
        return (int) place & LENGTH_MASK;
    }

    /// Whether `place` can be that of a record in a pack of `packLength` bytes.
    static boolean inside(long place, long packLength) {
        return offset(place) >= PackHeader.LENGTH
                && length(place) > PackRecord.HEADER
                && length(place) <= PackRecord.MAX_LENGTH
                && offset(place) + length(place) <= packLength;
    }
}
