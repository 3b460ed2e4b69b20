package coppice.bench.peer;

import java.util.List;

/// Writes to one store from one thread. A store may keep the arrays it is handed.
public interface Writer extends AutoCloseable {
    /// Sets one key and returns when that is durable.
    default void put(byte[] key, byte[] value) throws Exception {
        put(List.of(new Entry(key, value)));
    }

    /// Sets keys in one transaction and returns when that is durable.
    void put(List<Entry> batch) throws Exception;

    @Override
    void close();

    /// A key and the value to set.
    record Entry(byte[] key, byte[] value) {}
}
