package coppice.bench.structure;

import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Options;
import coppice.api.structure.Dict;
import coppice.api.structure.JobOptions;
import coppice.api.structure.WorkQueue;
import coppice.bench.peer.OwnDatabase;
import java.nio.file.Path;
import java.time.Duration;

/// Coppice, by its public interface.
public final class CoppiceStructures implements StructureStore {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final OwnDatabase database = new OwnDatabase();

    @Override
    public String settings() {
        return "a dict and a queue of strings; relaxed: synced every 100 ms";
    }

    @Override
    public void open(Path directory, long cacheBytes, Safety safety) {
        Durability durability = switch (safety) {
            case SYNCED -> Durability.SYNC;
            case WRITTEN -> Durability.interval(INTERVAL);
        };
        database.open(directory, Options.defaults().withMemoryBytes(cacheBytes).with(durability));
    }

    /// The open database.
    public Database database() {
        return database.get();
    }

    @Override
    public DictUser dict() {
        return new OwnDict(database().dict("people", String.class));
    }

    @Override
    public QueueUser queue() {
        return new OwnQueue(database().queue("jobs", String.class));
    }

    @Override
    public void close() {
        database.close();
    }

    private record OwnDict(Dict<String> dict) implements DictUser {
        @Override
        public void put(String key, String value) {
            dict.put(key, value);
        }

        @Override
        public int get(String key) {
            return dict.get(key).map(String::length).orElse(-1);
        }

        @Override
        public void close() {}
    }

    private record OwnQueue(WorkQueue<String> queue) implements QueueUser {
        @Override
        public void put(String job, int priority) {
            queue.put(job, JobOptions.defaults().withPriority(priority));
        }

        @Override
        public boolean take(long limitMillis) {
            return queue.take(Duration.ofMillis(limitMillis)).isPresent();
        }

        @Override
        public void close() {}
    }
}
