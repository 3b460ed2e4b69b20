package coppice.api.structure;

import java.util.Optional;

/// How one subscribes to a [Channel].
///
/// @param buffer how many messages wait for it at most, besides those of the history that it begins with: 1,024
///     unless said otherwise
/// @param overflow what becomes of a message when these are there: [Overflow#DROP_OLDEST] unless said otherwise
/// @param after the id behind which it begins; nothing to begin with what is published from now on
public record SubscriberOptions(int buffer, Overflow overflow, Optional<Long> after) {
    /// The largest buffer.
    public static final int BUFFER_MAX = 1_000_000;

    private static final SubscriberOptions DEFAULTS =
            new SubscriberOptions(1_024, Overflow.DROP_OLDEST, Optional.empty());

    /// Checks them.
    ///
    /// @throws IllegalArgumentException when the buffer is not of 1 to [#BUFFER_MAX] messages, or the id negative
    public SubscriberOptions {
        if (buffer < 1 || buffer > BUFFER_MAX) {
            throw new IllegalArgumentException(
                    "A subscriber's buffer has room for 1 to " + BUFFER_MAX + " messages, not for " + buffer);
        }
        if (after.filter(id -> id < 0).isPresent()) {
            throw new IllegalArgumentException("A message has no negative id such as " + after.get());
        }
    }

    /// 1,024 messages, of which the oldest are dropped, from now on.
    public static SubscriberOptions defaults() {
        return DEFAULTS;
    }

    /// The same with another buffer.
    public SubscriberOptions withBuffer(int other) {
        return new SubscriberOptions(other, overflow, after);
    }

    /// The same with something else that becomes of what there is no room for.
    public SubscriberOptions with(Overflow other) {
        return new SubscriberOptions(buffer, other, after);
    }

    /// The same, beginning with all that the history has, however far it reaches.
    public SubscriberOptions withHistory() {
        return after(0);
    }

    /// The same, beginning behind a message: nothing is left out, or subscribing is refused because the history
    /// does not reach back so far. 0 is the same as [#withHistory].
    public SubscriberOptions after(long id) {
        return new SubscriberOptions(buffer, overflow, Optional.of(id));
    }
}
