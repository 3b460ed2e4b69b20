package coppice.structure.log;

import coppice.api.Entry;
import coppice.api.Range;
import coppice.api.SpaceView;
import coppice.api.query.Row;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Event;
import coppice.api.structure.EventLogView;
import coppice.api.structure.EventPage;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.TimeRange;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.ground.ReadGround;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A log over a space, to read: a row for each event, under its id, in the stored form of its value.
public class SpaceLogView<V> implements EventLogView<V> {
    final StructureInfo log;
    final Codec<V> codec;
    private final ReadGround ground;
    private final SpaceView rows;

    /// @param log what it is
    /// @param codec of its values
    public SpaceLogView(StructureInfo log, Codec<V> codec, ReadGround ground) {
        this.log = log;
        this.codec = codec;
        this.ground = ground;
        this.rows = ground.space(log.name());
    }

    @Override
    public String name() {
        return log.name();
    }

    @Override
    public long count() {
        return rows.count();
    }

    @Override
    public long count(TimeRange which) {
        return rows.count(EventIds.range(which));
    }

    @Override
    public Stream<Event<V>> events(TimeRange which) {
        return ground.still().space(log.name()).entries(EventIds.range(which)).map(this::event);
    }

    private Event<V> event(Entry row) {
        return event(row.keyText(), row.value());
    }

    @Override
    public Event<V> event(Row row) {
        return event(row.keyText(), row.document());
    }

    final Event<V> event(String id, byte[] stored) {
        Codec.Place place = new Codec.Place(log.name(), "event '" + id + "'");
        if (!EventIds.isId(id)) {
            throw codec.isNone(place, "its key is not that of an event");
        }
        V value = codec.decode(stored, place);
        if (value == null) {
            throw codec.isNull(place);
        }
        return new Event<>(id, EventIds.at(id), value);
    }

    @Override
    public Optional<Event<V>> find(String id) {
        return EventIds.isId(id) ? rows.get(EventIds.key(id)).map(stored -> event(id, stored)) : Optional.empty();
    }

    @Override
    public EventPage<V> page(TimeRange which, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A page holds at least 1 event, asked for " + limit);
        }
        try (Stream<Event<V>> found = events(which).limit(limit + 1L)) {
            List<Event<V>> events = found.toList();
            return events.size() <= limit
                    ? new EventPage<>(events, Optional.empty())
                    : new EventPage<>(
                            events.subList(0, limit),
                            Optional.of(which.beyond(events.get(limit - 1).id())));
        }
    }

    @Override
    public long dump(OutputStream out, DumpFormat format) throws IOException {
        SpaceView still = ground.still().space(log.name());
        long count = still.count();
        try (Stream<Entry> events = still.entries(Range.all())) {
            Dump.write(
                    out,
                    format,
                    log,
                    count,
                    events.map(row -> EventItem.json(row.keyText(), row.value()))
                            .iterator());
        }
        return count;
    }
}
