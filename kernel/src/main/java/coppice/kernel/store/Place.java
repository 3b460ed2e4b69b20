package coppice.kernel.store;

/// Where a chunk lies in its pack, in one long. This is also its form in index files.
///
/// - a chunk of its own: `offset << 21 | length` of its record, header included. Offsets go up to 4 TiB, lengths up
///   to [PackRecord#MAX_LENGTH].
/// - a member of a [Group]: bit 63, and `offset << 28 | length << 10 | member` of the group's record. Offsets go
///   up to [#GROUP_OFFSET_LIMIT].
final class Place {
    /// No place at all.
    static final long NONE = -1;

    /// Packs end below this offset.
    static final long OFFSET_LIMIT = 1L << 42;

    /// Groups begin below this offset (32 GiB).
    static final long GROUP_OFFSET_LIMIT = 1L << 35;

    /// Groups are shorter than this, header included.
    static final int GROUP_LENGTH_LIMIT = 1 << 18;

    private static final int LENGTH_BITS = 21;
    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
    private static final int MEMBER_BITS = 10;
    private static final int GROUP_LENGTH_BITS = 18;
    private static final int GROUP_SHIFT = MEMBER_BITS + GROUP_LENGTH_BITS;

    private Place() {}

    static long of(long offset, int length) {
        assert offset >= 0 && offset < OFFSET_LIMIT && length > 0 && length <= PackRecord.MAX_LENGTH;
        return offset << LENGTH_BITS | length;
    }

    /// The place of a member of a group.
    static long of(long offset, int length, int member) {
        assert offset >= 0 && offset < GROUP_OFFSET_LIMIT && length < GROUP_LENGTH_LIMIT && member < Group.CHUNKS_MAX;
        return Long.MIN_VALUE | offset << GROUP_SHIFT | (long) length << MEMBER_BITS | member;
    }

    /// Whether a chunk lies in a group.
    static boolean isInGroup(long place) {
        return place < 0;
    }

    static long offset(long place) {
        return place < 0 ? (place & Long.MAX_VALUE) >>> GROUP_SHIFT : place >>> LENGTH_BITS;
    }

    /// The length of the record, which of a group is that of all its chunks together.
    static int length(long place) {
        return place < 0 ? (int) (place >>> MEMBER_BITS) & (GROUP_LENGTH_LIMIT - 1) : (int) place & LENGTH_MASK;
    }

    /// Which chunk of its group it is, from 0.
    static int member(long place) {
        return (int) place & (Group.CHUNKS_MAX - 1);
    }

    /// Whether `place` can be that of a record in a pack of `packLength` bytes.
    static boolean inside(long place, long packLength) {
        return offset(place) >= PackHeader.LENGTH
                && length(place) > PackRecord.HEADER
                && length(place) <= PackRecord.MAX_LENGTH
                && offset(place) + length(place) <= packLength;
    }
}
