package coppice.api.structure;

import java.util.List;
import java.util.Optional;

/// Some events of a log, and how to go on.
///
/// @param events in the order that was asked for
/// @param next what follows, to ask for the next page with; nothing when this was the end
public record EventPage<V>(List<Event<V>> events, Optional<TimeRange> next) {
    /// Copies the events.
    public EventPage {
        events = List.copyOf(events);
    }
}
