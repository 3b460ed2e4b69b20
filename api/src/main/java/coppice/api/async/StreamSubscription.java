package coppice.api.async;

import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a stream for one subscriber, on a virtual thread that is there only while something is wanted; see
/// [AsyncCalls#publisher]. Keeps the rules of reactive streams: never more than was asked for, one call at a time,
/// nothing after the end.
final class StreamSubscription<T> implements Flow.Subscription, Runnable {
    private final String name;
    private final Callable<? extends Stream<? extends T>> call;
    private final Flow.Subscriber<? super T> subscriber;

    // Guarded by this.
    private long wanted;
    private boolean isStopped;
    private @Nullable IllegalArgumentException refusal;
    private boolean isRunning = true; // until it has begun, as nothing is handed over before onSubscribe returns
    private @Nullable Thread reader;

    // Of who is running.
    private @Nullable Stream<? extends T> stream;
    private @Nullable Iterator<? extends T> elements;

    StreamSubscription(
            String name, Callable<? extends Stream<? extends T>> call, Flow.Subscriber<? super T> subscriber) {
        this.name = name;
        this.call = call;
        this.subscriber = Objects.requireNonNull(subscriber);
    }

    void begin() {
        subscriber.onSubscribe(this);
        start();
    }

    private void start() {
        Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).start(this);
    }

    @Override
    public synchronized void request(long n) {
        if (n > 0) {
            wanted = wanted + n < 0 ? Long.MAX_VALUE : wanted + n;
            goOn();
        } else if (!isStopped) {
            refusal = new IllegalArgumentException(
                    "Ask for one element or more, not for " + n + " (rule 3.9 of reactive streams)");
            cancel();
        }
    }

    @Override
    public synchronized void cancel() {
        isStopped = true;
        if (reader != null) {
            reader.interrupt();
        }
        goOn();
    }

    private void goOn() {
        if (!isRunning) {
            isRunning = true;
            start();
        }
    }

    @Override
    public void run() {
        Throwable failure = null;
        try {
            if (!readsToTheEnd()) {
                return;
            }
        } catch (Throwable thrown) {
            failure = thrown;
        }
        end(failure);
    }

    /// Hands over what is wanted.
    ///
    /// @return whether that was all there is
    private boolean readsToTheEnd() throws Exception {
        if (elements == null) {
            elements = reading(this::open);
        }
        Iterator<? extends T> from = elements;
        while (takesOne()) {
            T next = reading(() -> next(from));
            if (next == null) {
                return true;
            }
            subscriber.onNext(next);
        }
        return false;
    }

    private Iterator<? extends T> open() throws Exception {
        Stream<? extends T> opened = call.call();
        stream = opened;
        return opened.iterator();
    }

    private @Nullable T next(Iterator<? extends T> from) {
        return from.hasNext() ? Objects.requireNonNull(from.next(), "The stream has a null") : null;
    }

    /// Whether another element is wanted, or the end. If not, whoever wants something next starts anew.
    private synchronized boolean takesOne() {
        if (wanted == 0 && !isStopped) {
            isRunning = false;
            return false;
        }
        if (wanted < Long.MAX_VALUE && wanted > 0) {
            wanted--;
        }
        return true;
    }

    /// Does what may wait, and is interrupted when the subscription is stopped; what follows is not.
    private <R extends @Nullable Object> R reading(Callable<R> work) throws Exception {
        synchronized (this) {
            if (isStopped) {
                throw new CancellationException("the subscription was cancelled");
            }
            reader = Thread.currentThread();
        }
        try {
            return work.call();
        } finally {
            synchronized (this) {
                reader = null;
                Thread.interrupted();
            }
        }
    }

    /// Closes the stream and tells the subscriber, unless it has cancelled. It counts as running from here on, so
    /// that nothing starts it again.
    private void end(@Nullable Throwable failure) {
        Throwable reason = close(failure);
        synchronized (this) {
            if (refusal != null) {
                reason = refusal;
            } else if (isStopped) {
                return;
            }
            isStopped = true;
        }
        if (reason == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(reason);
        }
    }

    private @Nullable Throwable close(@Nullable Throwable failure) {
        try {
            if (stream != null) {
                stream.close();
            }
            return failure;
        } catch (Throwable closing) {
            if (failure == null || failure.equals(closing)) {
                return closing;
            }
            failure.addSuppressed(closing);
            return failure;
        }
    }
}
