package coppice.vector;

import java.lang.foreign.MemorySegment;

/// The loops in which a search spends its time: one vector compared with many that lie one behind the other.
///
/// There are two: [SimdKernel] by the Vector API (JEP 529), for which Java is started with
/// `--add-modules jdk.incubator.vector`, and [PlainKernel], which is always there.
interface Kernel {
    /// What the lengths of rows are multiples of, in numbers: 64 bytes, the longest vector register.
    int LANES = 16;

    /// How many rows of codes lie beside each other in a block, so that they are compared side by side.
    int BLOCK = 32;

    /// What the lengths of rows of bytes are multiples of.
    int BYTES = 4;

    /// The largest number in a query for [#bytes]: four products of it and a byte, but -128, make a short.
    int BYTES_QUERY_MOST = 64;

    /// How many bits a number of the query for [#bits] has.
    int PLANES = 4;

    /// Compares a vector with rows.
    ///
    /// @param rows numbers in the order of this machine's bytes
    /// @param offset where the first row begins, in bytes
    /// @param count of rows
    /// @param query as long as a row, which is a multiple of [#LANES]
    /// @param results where those of the rows go, from the start
    void dot(MemorySegment rows, long offset, int count, float[] query, float[] results);

    /// As [#dot], the sums of the squares of differences.
    void squares(MemorySegment rows, long offset, int count, float[] query, float[] results);

    /// As [#dot], the sums of differences, each without its sign.
    void differences(MemorySegment rows, long offset, int count, float[] query, float[] results);

    /// Compares a vector with rows of bytes from -127 to 127: the inner products.
    ///
    /// @param blocks of [#BLOCK] rows each: the first byte of all of them, then the second ones. Of 32 bytes, the
    ///     first is of row 0, the next of row 16, then come those of rows 1 and 17: see [#byteLane]
    /// @param offset where the first block begins
    /// @param count of blocks
    /// @param query as long as a row, which is a multiple of [#BYTES]; numbers from -[#BYTES_QUERY_MOST] to that
    /// @param results one for each row of the blocks
    void bytes(MemorySegment blocks, long offset, int count, short[] query, int[] results);

    /// Where among the bytes that lie beside each other that of a row is.
    static int byteLane(int row) {
        return row < BLOCK / 2 ? 2 * row : 2 * row - BLOCK + 1;
    }

    /// The row of which a byte is: the other way about.
    static int byteRow(int lane) {
        return lane / 2 + lane % 2 * BLOCK / 2;
    }

    /// Compares planes of bits with rows of bits: the sum, over the planes, of how many bits differ, times 2 to
    /// the power of the number of the plane.
    ///
    /// @param blocks of [#BLOCK] rows each: the first word of each row, then the second ones
    /// @param offset where the first block begins, in bytes
    /// @param count of blocks
    /// @param planes [#PLANES] of them for each word of a row, one behind the other
    /// @param results one for each row of the blocks
    void bits(MemorySegment blocks, long offset, int count, int[] planes, int[] results);

    /// Finds those of some numbers that are not less than one.
    ///
    /// @param results where they are, counted from the first of them
    /// @return how many there are
    int reaching(float[] numbers, int from, int count, float least, int[] results);

    /// The fastest there is here.
    static Kernel best() {
        return Chosen.KERNEL;
    }

    /// Found once.
    final class Chosen {
        private static final Kernel KERNEL = choose();

        private Chosen() {}

        private static Kernel choose() {
            if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
                try {
                    return new SimdKernel();
                } catch (LinkageError _) {
                    // The incubator of this Java has another Vector API.
                }
            }
            return new PlainKernel();
        }
    }
}
