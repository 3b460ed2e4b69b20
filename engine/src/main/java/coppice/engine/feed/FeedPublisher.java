package coppice.engine.feed;

import coppice.api.feed.ChangeBatch;
import coppice.kernel.platform.Tasks;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Hands what a feed tells to one subscriber, on a light task that is there only while the subscriber wants
/// something and there is something. Keeps the rules of reactive streams: never more than was asked for, one call
/// at a time, nothing after the end.
final class FeedPublisher implements Flow.Publisher<ChangeBatch> {
    private final Feed feed;
    private final Tasks tasks;
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private volatile @Nullable Delivery delivery;

    FeedPublisher(Feed feed, Tasks tasks) {
        this.feed = feed;
        this.tasks = tasks;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ChangeBatch> subscriber) {
        Objects.requireNonNull(subscriber);
        if (subscribed.compareAndSet(false, true)) {
            Delivery begun = new Delivery(subscriber);
            delivery = begun;
            begun.begin();
            return;
        }
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                // There is nothing to ask for.
            }

            @Override
            public void cancel() {
                // It has ended.
            }
        });
        subscriber.onError(new IllegalStateException(
                "The feed has a subscriber already: open another feed with watch() for each subscriber"));
    }

    /// Takes note that the feed was closed.
    void closed() {
        Delivery running = delivery;
        if (running != null) {
            running.goOn();
        }
    }

    private final class Delivery implements Flow.Subscription {
        private final Flow.Subscriber<? super ChangeBatch> subscriber;
        private final AtomicLong wanted = new AtomicLong();
        private final AtomicBoolean running = new AtomicBoolean(true); // until it has begun
        private volatile boolean done;
        private volatile boolean isMisused;

        Delivery(Flow.Subscriber<? super ChangeBatch> subscriber) {
            this.subscriber = subscriber;
        }

        void begin() {
            subscriber.onSubscribe(this);
            running.set(false);
            goOn();
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                isMisused = true;
            } else {
                wanted.accumulateAndGet(n, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
            }
            goOn();
        }

        @Override
        public void cancel() {
            done = true;
            feed.close();
        }

        private void goOn() {
            if (isWanted() && running.compareAndSet(false, true)) {
                tasks.startLight("coppice-feed", this::deliver);
            }
        }

        private boolean isWanted() {
            return !done && (isMisused || wanted.get() > 0 || feed.isClosed());
        }

        private void deliver() {
            do {
                while (isWanted() && step()) {
                    // one more is handed over
                }
                running.set(false);
                // What came meanwhile found this running, and relied on it.
            } while (isWanted() && !feed.isWaiting() && running.compareAndSet(false, true));
        }

        /// @return whether there may be more
        private boolean step() {
            try {
                if (isMisused) {
                    throw new IllegalArgumentException("Ask for one batch or more (rule 3.9 of reactive streams)");
                }
                Optional<ChangeBatch> batch = feed.pollOrWait(this::goOn);
                if (batch.isPresent() && !done) {
                    wanted.updateAndGet(before -> before == Long.MAX_VALUE ? before : before - 1);
                    subscriber.onNext(batch.get());
                }
                return batch.isPresent();
            } catch (RuntimeException failure) {
                end(failure);
                return false;
            }
        }

        private void end(RuntimeException failure) {
            boolean isClosed = feed.isClosed();
            if (!done) {
                done = true;
                feed.close();
                if (isClosed) {
                    subscriber.onComplete();
                } else {
                    subscriber.onError(failure);
                }
            }
        }
    }
}
