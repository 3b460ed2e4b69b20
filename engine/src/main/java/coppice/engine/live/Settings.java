package coppice.engine.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Range;
import coppice.engine.delta.Delta;
import coppice.engine.log.SpaceWrites;
import coppice.engine.state.StateCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// What the engine itself has to remember: the current branch, unfinished merges, remotes ... Small entries by
/// area and key, in spaces of the system branch: durable when a call returns, recovered like all data, part of no
/// commit. Safe for all threads.
public final class Settings {
    private final LiveBranch system;
    private final ReentrantLock updating = new ReentrantLock();

    public Settings(LiveBranch system) {
        this.system = system;
    }

    /// The value of an entry.
    public Optional<byte[]> find(String area, String key) {
        return Optional.ofNullable(system.shown().space(area).get(key.getBytes(UTF_8)));
    }

    /// All entries of an area, by key.
    public SortedMap<String, byte[]> all(String area) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        try (StateCursor cursor = system.shown().space(area).scan(Range.all())) {
            while (cursor.next()) {
                entries.put(new String(cursor.key(), UTF_8), cursor.value());
            }
        }
        return entries;
    }

    /// The entries of an area whose keys begin like this, by key.
    public SortedMap<String, byte[]> all(String area, String prefix) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        try (StateCursor cursor = system.shown().space(area).scan(Range.prefix(prefix.getBytes(UTF_8)))) {
            while (cursor.next()) {
                entries.put(new String(cursor.key(), UTF_8), cursor.value());
            }
        }
        return entries;
    }

    /// Puts and, where there is no value, removes entries by area and key, all at once.
    public void putAll(Map<String, Map<String, Optional<byte[]>>> areas) {
        List<SpaceWrites> writes = new ArrayList<>();
        new TreeMap<>(areas).forEach((area, entries) -> {
            if (!entries.isEmpty()) {
                writes.add(writes(area, entries));
            }
        });
        if (writes.isEmpty()) {
            return;
        }
        updating.lock();
        try {
            system.write(writes);
        } finally {
            updating.unlock();
        }
    }

    private static SpaceWrites writes(String area, Map<String, Optional<byte[]>> entries) {
        byte[][] keys =
                entries.keySet().stream().map(key -> key.getBytes(UTF_8)).toArray(byte[][]::new);
        byte[][] values = entries.values().stream()
                .map(value -> value.orElse(Delta.REMOVED))
                .toArray(byte[][]::new);
        return new SpaceWrites(area, keys, values);
    }

    /// Sets an entry, durably.
    public void put(String area, String key, byte[] value) {
        update(area, key, _ -> Optional.of(value));
    }

    /// Removes an entry; costs nothing when there is none.
    public void remove(String area, String key) {
        update(area, key, _ -> Optional.empty());
    }

    /// Replaces an entry by what a function makes of it; other updates wait.
    public void update(String area, String key, UnaryOperator<Optional<byte[]>> change) {
        updating.lock();
        try {
            Optional<byte[]> before = find(area, key);
            Optional<byte[]> after = change.apply(before);
            if (before.isPresent() || after.isPresent()) {
                system.write(List.of(SpaceWrites.one(area, key.getBytes(UTF_8), after.orElse(Delta.REMOVED))));
            }
        } finally {
            updating.unlock();
        }
    }
}
