package coppice.api.structure;

import coppice.api.async.Immediate;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/// One or several channels to listen to; see [Channel]. Safe for use by many threads.
public interface ChannelView<M> {
    /// The name of the channel, or the pattern of those that these are.
    @Immediate
    String name();

    /// Listens from now on.
    default ChannelFeed<M> subscribe() {
        return subscribe(SubscriberOptions.defaults());
    }

    /// Listens. Costs O(1) for a channel, and a look at each for a pattern, besides the history that it begins
    /// with.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when it is to begin behind a message that the history does
    ///     not reach back to ([coppice.api.ErrorCode#HISTORY_GONE])
    @Immediate
    ChannelFeed<M> subscribe(SubscriberOptions options);

    /// Has a callback told of each message, one after the other, until it is closed, the callback throws or the
    /// database is closed.
    default Listening on(Consumer<? super Message<M>> callback) {
        return on(SubscriberOptions.defaults(), callback);
    }

    /// As [#on(Consumer)], with options as for [#subscribe(SubscriberOptions)]. The callback runs on a virtual
    /// thread of its own.
    @Immediate
    Listening on(SubscriberOptions options, Consumer<? super Message<M>> callback);

    /// Hands messages to subscribers, as many as each asks for. Each of them listens from when it subscribed, and
    /// has a buffer of its own for what it has not asked for yet.
    ///
    /// @param options as for [#subscribe(SubscriberOptions)]; where that is refused, the subscriber is told
    @Immediate
    Flow.Publisher<Message<M>> publisher(SubscriberOptions options);
}
