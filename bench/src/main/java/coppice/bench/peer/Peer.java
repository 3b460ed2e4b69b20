package coppice.bench.peer;

import java.nio.file.Path;

/// A store under measurement. One instance is one opened store: [#open] is called once, before anything else, and
/// [#close] once, last. Everything that says it writes is durable (synced to the disk) when it returns, in every store.
///
/// Each implementation takes the cheapest public path of its store, and says in [#settings] how that was set up.
public interface Peer {
    /// How the store is set up and what its durable write is, in one line for the report.
    String settings();

    /// Opens the store in a directory that exists, and creates the store in it when it is empty.
    void open(Path directory, Budget budget) throws Exception;

    /// Loads the rows `0` to `count - 1` in key order into an empty store by the fastest way the store has.
    void load(long count) throws Exception;

    /// A reader for one thread, on a snapshot where the store has such.
    Reader reader() throws Exception;

    /// A writer for one thread.
    Writer writer() throws Exception;

    /// Closes the store as an application does that ends in order.
    void close() throws Exception;

    /// Whether the store can be read in key order at all, and quickly: the bare log and Git cannot.
    default boolean reads() {
        return true;
    }

    /// What a store may expect and use.
    ///
    /// @param records about how many records it will hold
    /// @param cacheBytes how much memory it may use to cache, where that can be set
    record Budget(long records, long cacheBytes) {}
}
