package coppice.vector;

import java.lang.foreign.MemorySegment;

/// The loops in which a search spends its time: one vector compared with many that lie one behind the other.
///
/// There are two: [SimdKernel] by the Vector API (JEP 529), for which Java is started with
/// `--add-modules jdk.incubator.vector`, and [PlainKernel], which is always there.
interface Kernel {
    /// What the lengths of rows are multiples of, in numbers: 64 bytes, the longest vector register.
    int LANES = 16;

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
