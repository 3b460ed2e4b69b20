package coppice.bench.structure;

import coppice.bench.peer.Peers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// A store with a dict and a queue under measurement. One instance is one opened store, as with
/// [coppice.bench.peer.Peer].
public interface StructureStore extends AutoCloseable {
    /// The names of those there are, in the order of the report.
    List<String> NAMES = List.of(Peers.COPPICE, Peers.SQLITE);

    /// What it means that a step has returned.
    enum Safety {
        /// It is on stable storage.
        SYNCED,
        /// It outlives the process, and a crash of the machine may lose the last of them.
        WRITTEN
    }

    /// A store that is not open yet.
    static StructureStore named(String name) {
        return switch (name) {
            case Peers.COPPICE -> new CoppiceStructures();
            case Peers.SQLITE -> new SqliteStructures();
            default ->
                throw new IllegalArgumentException("no store of structures is named " + name + ", only " + NAMES);
        };
    }

    /// How it is set up, in one line for the report.
    String settings();

    /// Opens the store in a directory that exists, and creates it when that is empty.
    void open(Path directory, long cacheBytes, Safety safety) throws Exception;

    /// The dict, for one thread.
    DictUser dict() throws Exception;

    /// The queue, for one thread.
    QueueUser queue() throws Exception;

    @Override
    void close() throws SQLException;

    /// Texts by key.
    interface DictUser extends AutoCloseable {
        void put(String key, String value) throws Exception;

        /// How long the value of a key is; -1 when it has none.
        int get(String key) throws Exception;

        @Override
        void close() throws SQLException;
    }

    /// Jobs by priority, the oldest first among equals.
    interface QueueUser extends AutoCloseable {
        void put(String job, int priority) throws Exception;

        /// Takes the first job for good, and waits when there is none.
        ///
        /// @param limitMillis for how long
        /// @return whether there was one
        boolean take(long limitMillis) throws Exception;

        @Override
        void close() throws SQLException;
    }
}
