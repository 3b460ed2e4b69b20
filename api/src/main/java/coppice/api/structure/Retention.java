package coppice.api.structure;

import java.time.Duration;
import java.util.Optional;

/// How long events stay in an [EventLog]. What is over is removed within about a second.
///
/// @param age events that happened longer ago go, if there is such a bound
/// @param events when there are more than these, the earliest go, if there is such a bound
public record Retention(Optional<Duration> age, Optional<Long> events) {
    private static final Retention FOREVER = new Retention(Optional.empty(), Optional.empty());

    /// Checks it.
    ///
    /// @throws IllegalArgumentException when the age is less than a millisecond, or the events less than 1
    public Retention {
        if (age.filter(time -> time.compareTo(Duration.ofMillis(1)) < 0).isPresent()) {
            throw new IllegalArgumentException("Events stay for 1 ms at least, not for " + age.get());
        }
        if (events.filter(number -> number < 1).isPresent()) {
            throw new IllegalArgumentException("At least 1 event stays, not " + events.get());
        }
    }

    /// All stay.
    public static Retention forever() {
        return FOREVER;
    }

    /// As [#withAge] of [#forever].
    public static Retention ofAge(Duration age) {
        return FOREVER.withAge(age);
    }

    /// As [#withEvents] of [#forever].
    public static Retention ofEvents(long events) {
        return FOREVER.withEvents(events);
    }

    /// The same, and what happened longer ago goes.
    public Retention withAge(Duration other) {
        return new Retention(Optional.of(other), events);
    }

    /// The same, and no more than these stay.
    public Retention withEvents(long other) {
        return new Retention(age, Optional.of(other));
    }
}
