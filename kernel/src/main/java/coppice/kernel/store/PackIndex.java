package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import org.jspecify.annotations.Nullable;

/// From hash to place, for the chunks of one pack. Thread-safe for readers beside one writer.
sealed interface PackIndex extends AutoCloseable permits PlaceTable, IndexReader {
    /// The place of a chunk's record, or [Place#NONE].
    long find(Hash hash);

    /// As [#find], for many chunks in ascending order: what was read for one is kept for the next. Not thread-safe.
    Finder finder();

    /// Finds places.
    @FunctionalInterface
    interface Finder {
        /// As [PackIndex#find].
        long find(Hash hash);
    }

    /// False only when the chunk is certainly not here; never does I/O once the index has been used.
    boolean mayHold(Hash hash);

    /// What rules most chunks out, once it has been loaded: whatever it rules out is not here.
    @Nullable
    BlockFilter filter();

    /// The number of a chunk's entry in the order of [#forEach], or -1.
    int entry(Hash hash);

    /// How many chunks there are.
    int count();

    /// Visits every entry, in no particular order.
    void forEach(Visitor visitor);

    /// Visits at least the entries whose hashes have a prefix of `[first, last]`, unsigned, in no particular order.
    void forEachWithin(long first, long last, Visitor visitor);

    @Override
    void close();

    /// Gets the entries of an index.
    interface Visitor {
        /// One entry, with the first sixteen bytes of the chunk's name.
        ///
        /// @param prefix as [Hash#prefix]
        /// @param second as [Hash#second]
        void visit(long prefix, long second, long place);
    }
}
