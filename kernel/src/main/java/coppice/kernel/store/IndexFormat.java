package coppice.kernel.store;

/// The sizes of an index file: `header[32] | directory | blocks`.
///
/// - directory: `u32 crc32c of the rest | u32 zero | u64 pack length | fences: u64 per block | filter`
/// - block, 4096 bytes: `u32 crc32c of the rest | u32 block number | u32 entries | u32 zero | 170 times
///   (name[16] | u64 place)`
///
/// Names are the first half of hashes: to have two chunks that begin alike, somebody would have to try some 2^64, and
/// would be told that one of them is not what its name says.
///
/// Everything follows from the number of entries, so that a reader checks sizes before it believes any of them.
final class IndexFormat {
    static final int BLOCK = 4096;
    static final int BLOCK_HEADER = 16;
    static final int NAME = 16;
    static final int ENTRY = NAME + Long.BYTES;
    static final int BLOCK_ENTRIES = (BLOCK - BLOCK_HEADER) / ENTRY;
    static final int FENCES = 16;

    private IndexFormat() {}

    static int blocks(int entries) {
        return Math.ceilDiv(entries, BLOCK_ENTRIES);
    }

    static long directoryBytes(int entries) {
        return FENCES + 8L * blocks(entries) + BlockFilter.bytes(entries);
    }

    static long blockOffset(int entries, int block) {
        return PackHeader.LENGTH + directoryBytes(entries) + (long) block * BLOCK;
    }

    static long fileBytes(int entries) {
        return blockOffset(entries, blocks(entries));
    }
}
