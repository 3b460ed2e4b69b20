package coppice.structure.log;

import coppice.api.Cursor;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Event;
import coppice.api.structure.EventLog;
import coppice.api.structure.Listening;
import coppice.api.structure.LiveAggregate;
import coppice.api.structure.LoadMode;
import coppice.api.structure.LogChange;
import coppice.api.structure.NamedLock;
import coppice.api.structure.Retention;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.TimeRange;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.ground.Contents;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Registered;
import coppice.structure.ground.RowFeed;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collector;

/// A log over a space, to change.
public final class SpaceLog<V> extends SpaceLogView<V> implements EventLog<V> {
    private final Ground ground;
    private final Registered registered;

    public SpaceLog(StructureInfo log, Codec<V> codec, Ground ground) {
        super(log, codec, ground);
        this.ground = ground;
        this.registered = Registered.of(ground, log);
    }

    @Override
    public NamedLock lock() {
        return ground.lock(name());
    }

    @Override
    public Event<V> append(V value) {
        return append(value, ground.now());
    }

    @Override
    public Event<V> append(V value, Instant at) {
        return appendAll(List.of(value), at).getFirst();
    }

    @Override
    public List<Event<V>> appendAll(Collection<? extends V> values) {
        return appendAll(values, ground.now());
    }

    /// Ids are drawn in turn, so that those of one moment sort as they were appended.
    private List<Event<V>> appendAll(Collection<? extends V> values, Instant at) {
        List<byte[]> stored = values.stream().map(this::encode).toList();
        List<String> ids = new ArrayList<>(stored.size());
        Retention retention = registered.update(transaction -> {
            ids.clear();
            Space rows = transaction.space(name());
            for (byte[] value : stored) {
                String id = EventIds.id(at, ground.stamp());
                rows.put(EventIds.key(id), value);
                ids.add(id);
            }
            return StoredRetention.read(transaction.space(StoredRetention.space(name())));
        });
        due(retention, at);
        List<Event<V>> events = new ArrayList<>(ids.size());
        for (V value : values) {
            events.add(new Event<>(ids.get(events.size()), at, value));
        }
        return List.copyOf(events);
    }

    private byte[] encode(V value) {
        return codec.encode(value, new Codec.Place(name(), "a new event"));
    }

    /// Something may be over as soon as there is too much, and when the event is too old.
    private void due(Retention retention, Instant at) {
        retention.age().ifPresent(age -> ground.due(LogLayout.end(at, age)));
        if (retention.events().isPresent()) {
            ground.due(ground.now());
        }
    }

    @Override
    public boolean remove(String id) {
        if (!EventIds.isId(id)) {
            return false;
        }
        byte[] key = EventIds.key(id);
        return registered.update(transaction -> {
            Space rows = transaction.space(name());
            boolean isThere = rows.contains(key);
            rows.delete(key);
            return isThere;
        });
    }

    @Override
    public long trim(Instant before) {
        Range range = EventIds.range(TimeRange.all().to(before));
        return registered.update(transaction -> {
            Space rows = transaction.space(name());
            List<byte[]> keys = new ArrayList<>();
            try (Cursor cursor = rows.scan(range)) {
                while (cursor.next()) {
                    keys.add(cursor.key());
                }
            }
            keys.forEach(rows::delete);
            return (long) keys.size();
        });
    }

    @Override
    public Retention retention() {
        return StoredRetention.read(ground.space(StoredRetention.space(name())));
    }

    @Override
    public void retain(Retention retention) {
        registered.update(transaction -> {
            StoredRetention.write(transaction.space(StoredRetention.space(name())), retention);
            return true;
        });
        ground.due(ground.now());
    }

    @Override
    public void clear() {
        registered.update(transaction -> {
            Contents.clear(transaction.space(name()));
            return true;
        });
    }

    @Override
    public void batched(Consumer<EventLog<V>> body) {
        ground.attempt(transaction -> {
            body.accept(transaction.eventLog(name(), codec.type()));
            return true;
        });
    }

    @Override
    public long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException {
        List<EventItem> items = new ArrayList<>();
        Instant now = ground.now();
        Dump.read(in, format, log.kind(), read -> {
            EventItem item = EventItem.of(read);
            event(item.id().orElseGet(() -> EventIds.id(item.at().orElse(now), ground.stamp())), item.value());
            items.add(item);
        });
        registered.update(transaction -> {
            Space rows = transaction.space(name());
            if (mode == LoadMode.REPLACE) {
                Contents.clear(rows);
            }
            items.forEach(item -> rows.put(
                    EventIds.key(item.id().orElseGet(() -> EventIds.id(item.at().orElse(now), ground.stamp()))),
                    item.value()));
            return true;
        });
        ground.due(now);
        return items.size();
    }

    @Override
    public StructureFeed<LogChange<V>> watch(FeedStart from) {
        return feed(from);
    }

    @Override
    public Listening on(Consumer<? super LogChange<V>> callback) {
        return feed(FeedStart.now()).tell(callback);
    }

    private RowFeed<LogChange<V>> feed(FeedStart from) {
        return RowFeed.of(ground, name(), from, this::change, new LogChange.Missed<>());
    }

    private LogChange<V> change(RowChange row) {
        String id = row.keyText();
        return switch (row) {
            case RowChange.Added added -> new LogChange.Appended<>(event(id, added.after()));
            case RowChange.Modified both -> new LogChange.Appended<>(event(id, both.after()));
            case RowChange.Removed removed -> new LogChange.Removed<>(event(id, removed.before()));
        };
    }

    @Override
    public <R> LiveAggregate<R> live(Duration window, Duration period, Collector<? super Event<V>, ?, R> aggregator) {
        return new LiveWindow<>(this, ground::now, window, period, aggregator);
    }
}
