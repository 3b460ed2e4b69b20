package coppice.structure.ground;

import coppice.api.KeyPattern;
import coppice.api.structure.ChannelHistory;
import coppice.api.structure.ChannelStatus;
import coppice.api.structure.SubscriberOptions;
import java.util.List;
import java.util.Optional;

/// Hands messages, in their stored form, to those who listen to a channel. What type they are of is for the broker
/// but a name: [coppice.api.structure.StructureInfo#UNTYPED] goes with all of them.
public interface Broker {
    /// A message on its way. The value is not copied.
    ///
    /// @param channel the name of the channel
    /// @param id greater than those before it on the channel
    /// @param millis when it was published, in milliseconds since 1970 UTC
    /// @param type that it was published as
    /// @param value its stored form
    record Parcel(String channel, long id, long millis, String type, byte[] value) {}

    /// One who listens.
    interface Inbox extends AutoCloseable {
        /// The next message.
        ///
        /// @param nanos how long to wait at most; [Long#MAX_VALUE] for ever
        /// @return nothing when the time is over
        Optional<Parcel> take(long nanos);

        /// How many were dropped.
        long dropped();

        /// How many wait.
        int waiting();

        /// Whether it was closed.
        boolean isClosed();

        @Override
        void close();
    }

    /// Hands a message to all who listen.
    ///
    /// @param nanos how long to wait for those who hold it up; [Long#MAX_VALUE] for ever
    /// @return its id; nothing when the time is over
    Optional<Long> publish(String channel, String type, byte[] value, long nanos);

    /// Listens to a channel.
    Inbox subscribe(String channel, String type, SubscriberOptions options);

    /// Listens to all channels whose names fit.
    Inbox subscribe(KeyPattern channels, String type, SubscriberOptions options);

    /// Says what is kept of a channel.
    void keep(String channel, String type, ChannelHistory history);

    /// What is known of a channel.
    ChannelStatus status(String channel);

    /// What is known of all channels that there are, by name.
    List<ChannelStatus> all();
}
