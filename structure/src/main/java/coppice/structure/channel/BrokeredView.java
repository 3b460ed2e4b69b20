package coppice.structure.channel;

import coppice.api.DatabaseException;
import coppice.api.async.AsyncCalls;
import coppice.api.structure.ChannelFeed;
import coppice.api.structure.ChannelView;
import coppice.api.structure.Listening;
import coppice.api.structure.Message;
import coppice.api.structure.SubscriberOptions;
import coppice.structure.codec.Codec;
import coppice.structure.ground.Broker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/// Channels of a broker, to listen to.
public sealed class BrokeredView<M> implements ChannelView<M> permits BrokeredChannel {
    final Codec<M> codec;

    private final String name;
    private final Function<SubscriberOptions, Broker.Inbox> subscribe;

    /// @param name of the channel, or the pattern
    /// @param subscribe listens to what this is
    public BrokeredView(String name, Codec<M> codec, Function<SubscriberOptions, Broker.Inbox> subscribe) {
        this.name = name;
        this.codec = codec;
        this.subscribe = subscribe;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final ChannelFeed<M> subscribe(SubscriberOptions options) {
        return new InboxFeed<>(subscribe.apply(options), codec);
    }

    @Override
    public final Listening on(SubscriberOptions options, Consumer<? super Message<M>> callback) {
        ChannelFeed<M> feed = subscribe(options);
        CompletableFuture<?> _ = AsyncCalls.future(
                "Channel.on",
                () -> { // it ends with the feed, or by what it throws
                    try (feed) {
                        feed.forEach(callback);
                    }
                    return true;
                });
        return feed::close;
    }

    @Override
    public final Flow.Publisher<Message<M>> publisher(SubscriberOptions options) {
        return subscriber -> {
            ChannelFeed<M> feed;
            try {
                feed = subscribe(options);
            } catch (DatabaseException refused) {
                tell(subscriber, refused);
                return;
            }
            AsyncCalls.publisher("Channel.publisher", () -> StreamSupport.stream(feed.spliterator(), false))
                    .subscribe(new Closing<>(subscriber, feed));
        };
    }

    private static <T> void tell(Flow.Subscriber<? super T> subscriber, DatabaseException refused) {
        AsyncCalls.<T>publisher("Channel.publisher", () -> {
                    throw refused;
                })
                .subscribe(subscriber);
    }
}
