package coppice.api.structure;

import coppice.api.async.Immediate;
import coppice.api.query.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.stream.Stream;

/// Events by when they happened, to read.
///
/// What reads values may fail with [coppice.api.DatabaseException.Incorrect] when what is stored does not fit
/// their type.
public interface EventLogView<V> {
    /// Its name.
    @Immediate
    String name();

    /// The number of events. Costs O(log n), and what was written lately once for each state.
    long count();

    /// The number of events in a stretch of time. Costs as [#count()].
    long count(TimeRange which);

    /// Events in the order in which they happened, those of the same moment in the order of being appended; as of
    /// one moment, read lazily. Close the stream when it is not read to its end.
    Stream<Event<V>> events(TimeRange which);

    /// All events; see [#events(TimeRange)].
    default Stream<Event<V>> events() {
        return events(TimeRange.all());
    }

    /// The event that happened first, if there is any.
    default Optional<Event<V>> first() {
        try (Stream<Event<V>> events = events()) {
            return events.findFirst();
        }
    }

    /// The event that happened last, if there is any.
    default Optional<Event<V>> last() {
        try (Stream<Event<V>> events = events(TimeRange.all().reversed())) {
            return events.findFirst();
        }
    }

    /// An event by its id, if it is there. Costs O(log n).
    Optional<Event<V>> find(String id);

    /// The event of a row that a query of the space of this log found, which an index may have helped with.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when the row is no event of this type
    @Immediate
    Event<V> event(Row row);

    /// At most so many events, and how to go on. What is appended between pages is seen by the pages that follow.
    ///
    /// @param limit at least 1
    EventPage<V> page(TimeRange which, int limit);

    /// Writes all events as text, as of one moment: items are objects with `id` and `value`. The stream is flushed
    /// and stays open. Costs a read of the log, and the memory of one event.
    ///
    /// @return how many events
    /// @throws IOException when the stream fails
    long dump(OutputStream out, DumpFormat format) throws IOException;
}
