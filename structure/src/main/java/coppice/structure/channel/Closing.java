package coppice.structure.channel;

import coppice.api.structure.ChannelFeed;
import java.util.concurrent.Flow;

/// Hands everything on, and closes what was subscribed to when that is over, also before the first message is
/// asked for.
///
/// @param subscriber who gets everything
/// @param feed what is closed
record Closing<T>(Flow.Subscriber<? super T> subscriber, ChannelFeed<?> feed) implements Flow.Subscriber<T> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                subscription.request(count);
            }

            @Override
            public void cancel() {
                subscription.cancel();
                feed.close();
            }
        });
    }

    @Override
    public void onNext(T message) {
        subscriber.onNext(message);
    }

    @Override
    public void onError(Throwable failure) {
        feed.close();
        subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
        feed.close();
        subscriber.onComplete();
    }
}
