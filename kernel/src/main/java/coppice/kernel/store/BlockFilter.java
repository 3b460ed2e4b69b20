package coppice.kernel.store;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;

/// A split-block Bloom filter (F. Putze, P. Sanders, J. Singler, "Cache-, Hash- and Space-Efficient Bloom
/// Filters", 2007; the layout of eight 32-bit lanes as in Apache Parquet): one cache line per question; with 10
/// bits per chunk, as files have it, one wrong "maybe" in about a hundred. Hashes are uniform, so their bits serve
/// directly: word 2 chooses the block and word 1, five bits per lane, the eight bits in it. Not thread-safe while
/// something is added.
public final class BlockFilter {
    private static final int LANES = 8;
    private static final int BLOCK_BITS = 256;
    private static final int BITS_PER_CHUNK = 10;

    private final int[] lanes;

    private BlockFilter(int[] lanes) {
        this.lanes = lanes;
    }

    /// How many bytes the filter of `chunks` chunks takes in a file.
    static long bytes(int chunks) {
        return bytes(chunks, BITS_PER_CHUNK);
    }

    private static long bytes(int chunks, int bitsPerChunk) {
        return 4L * LANES * Math.ceilDiv((long) chunks * bitsPerChunk, BLOCK_BITS);
    }

    /// An empty filter with room for `chunks` chunks, as files have it.
    static BlockFilter sized(int chunks) {
        return sized(chunks, BITS_PER_CHUNK);
    }

    /// An empty filter with room for `chunks` chunks, or whatever has a hash; 16 bits for each make one "maybe" in a
    /// thousand wrong.
    public static BlockFilter sized(int chunks, int bitsPerChunk) {
        return new BlockFilter(new int[Math.toIntExact(bytes(chunks, bitsPerChunk) / 4)]);
    }

    static BlockFilter read(byte[] bytes, int at, int chunks) {
        BlockFilter filter = sized(chunks);
        for (int lane = 0; lane < filter.lanes.length; lane++) {
            filter.lanes[lane] = Bytes.i32(bytes, at + 4 * lane);
        }
        return filter;
    }

    void write(byte[] into, int at) {
        for (int lane = 0; lane < lanes.length; lane++) {
            Bytes.putI32(into, at + 4 * lane, lanes[lane]);
        }
    }

    /// Adds what has a hash. One word may serve as both: of the first the lower 40 bits count, of the second the upper.
    ///
    /// @param prefix the first word of a hash
    /// @param second the second
    public void add(long prefix, long second) {
        int block = block(second);
        for (int lane = 0; lane < LANES; lane++) {
            lanes[block + lane] |= 1 << (prefix >>> (5 * lane));
        }
    }

    boolean mayHold(Hash hash) {
        return mayHold(hash.prefix(), hash.second());
    }

    /// Whether what has a hash may have been added: always so if it was.
    public boolean mayHold(long prefix, long second) {
        int block = block(second);
        int missing = 0;
        for (int lane = 0; lane < LANES; lane++) {
            missing |= ~lanes[block + lane] & (1 << (prefix >>> (5 * lane)));
        }
        return missing == 0;
    }

    private int block(long second) {
        return LANES * (int) Math.unsignedMultiplyHigh(second, lanes.length / LANES);
    }
}
