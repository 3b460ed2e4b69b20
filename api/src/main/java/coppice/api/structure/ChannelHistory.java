package coppice.api.structure;

import java.time.Duration;
import java.util.Optional;

/// What a [Channel] keeps of its messages for those who subscribe later, in memory.
///
/// @param messages the latest ones, so many at most; 0 for none, as it is unless said otherwise
/// @param age what was published longer ago goes, if there is such a bound
public record ChannelHistory(int messages, Optional<Duration> age) {
    /// The longest history.
    public static final int MESSAGES_MAX = 1_000_000;

    private static final ChannelHistory NONE = new ChannelHistory(0, Optional.empty());

    /// Checks it.
    ///
    /// @throws IllegalArgumentException when it is not of 0 to [#MESSAGES_MAX] messages, or the age is less than a
    ///     millisecond
    public ChannelHistory {
        if (messages < 0 || messages > MESSAGES_MAX) {
            throw new IllegalArgumentException("A channel keeps 0 to " + MESSAGES_MAX + " messages, not " + messages);
        }
        if (age.filter(time -> time.compareTo(Duration.ofMillis(1)) < 0).isPresent()) {
            throw new IllegalArgumentException("Messages are kept for 1 ms at least, not for " + age.get());
        }
    }

    /// Nothing is kept.
    public static ChannelHistory none() {
        return NONE;
    }

    /// The latest messages are kept, so many at most.
    public static ChannelHistory of(int messages) {
        return NONE.withMessages(messages);
    }

    /// The same with another number of messages.
    public ChannelHistory withMessages(int other) {
        return new ChannelHistory(other, age);
    }

    /// The same, and what was published longer ago goes.
    public ChannelHistory withAge(Duration other) {
        return new ChannelHistory(messages, Optional.of(other));
    }
}
