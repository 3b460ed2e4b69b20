package coppice.api.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AsyncStreamsTest {
    /// Writes down what it is told: elements as text, `complete`, or the failure.
    private static class Listener implements Flow.Subscriber<Object> {
        final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        final LinkedBlockingQueue<Object> told = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<Thread> threads = new LinkedBlockingQueue<>();

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
        }

        @Override
        public void onNext(Object element) {
            threads.add(Thread.currentThread());
            told.add(element);
        }

        @Override
        public void onError(Throwable failure) {
            told.add(failure);
        }

        @Override
        public void onComplete() {
            told.add("complete");
        }

        void request(long n) {
            subscription.join().request(n);
        }

        void cancel() {
            subscription.join().cancel();
        }

        List<Object> next(int count) throws InterruptedException {
            List<Object> taken = new ArrayList<>();
            while (taken.size() < count) {
                taken.add(told.take());
            }
            return taken;
        }
    }

    /// Numbers from 0, each counted as it is read, and a note of the closing.
    private final AtomicInteger opened = new AtomicInteger();

    private final AtomicInteger read = new AtomicInteger();
    private final LinkedBlockingQueue<Thread> closed = new LinkedBlockingQueue<>();

    private Flow.Publisher<Integer> numbers(int end) {
        return AsyncCalls.publisher("Dict.keys", () -> {
            opened.incrementAndGet();
            return IntStream.range(0, end)
                    .boxed()
                    .peek(n -> read.incrementAndGet())
                    .onClose(this::noteClosing);
        });
    }

    private void noteClosing() {
        closed.add(Thread.currentThread());
    }

    private Stream<Integer> failing(Exception failure) throws Exception {
        throw failure;
    }

    @Test
    void nothingHappensUntilSomebodySubscribes() throws Exception {
        Flow.Publisher<Integer> publisher = numbers(2);
        assertThat(opened).hasValue(0);
        for (int subscribers = 1; subscribers <= 2; subscribers++) {
            Listener listener = new Listener();
            publisher.subscribe(listener);
            listener.request(Long.MAX_VALUE);
            listener.request(Long.MAX_VALUE);
            assertThat(listener.next(3)).containsExactly(0, 1, "complete");
            assertThat(opened).hasValue(subscribers);
            closed.take();
        }
        assertThatThrownBy(() -> publisher.subscribe(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void noMoreIsReadThanWasAskedForAndNoThreadWaitsForMore() throws Exception {
        Listener listener = new Listener();
        numbers(5).subscribe(listener);
        listener.request(2);
        assertThat(listener.next(2)).containsExactly(0, 1);
        Thread thread = listener.threads.take();
        assertThat(thread.getName()).isEqualTo("Dict.keys");
        assertThat(thread.isVirtual()).isTrue();
        thread.join();
        assertThat(read).hasValue(2);
        listener.request(3);
        assertThat(listener.next(3)).containsExactly(2, 3, 4);
        assertThat(closed).isEmpty();
        listener.request(1);
        assertThat(listener.next(1)).containsExactly("complete");
        assertThat(closed).hasSize(1);
    }

    @Test
    void aSubscriberMayAskForOneAfterTheOther() throws Exception {
        Listener listener = new Listener() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                super.onSubscribe(given);
                request(1);
                assertThat(told).isEmpty();
            }

            @Override
            public void onNext(Object element) {
                super.onNext(element);
                request(1);
            }
        };
        numbers(10_000).subscribe(listener);
        assertThat(listener.next(10_001)).endsWith(9_999, "complete");
        assertThat(listener.threads.stream().collect(Collectors.toSet())).hasSize(1);
    }

    @Test
    void toCancelInterruptsAReadThatWaitsAndClosesTheStream() throws Exception {
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
        CompletableFuture<Boolean> isClosedCalmly = new CompletableFuture<>();
        CountDownLatch never = new CountDownLatch(1);
        Listener listener = new Listener();
        AsyncCalls.publisher(
                        "EventLog.tail",
                        () -> Stream.generate(() -> {
                                    waiting.complete(Thread.currentThread());
                                    try {
                                        never.await();
                                    } catch (InterruptedException e) {
                                        interrupted.complete(e);
                                        Thread.currentThread().interrupt();
                                        throw new IllegalStateException(e);
                                    }
                                    return 1;
                                })
                                .onClose(() -> {
                                    isClosedCalmly.complete(
                                            !Thread.currentThread().isInterrupted());
                                    noteClosing();
                                }))
                .subscribe(listener);
        listener.request(1);
        Thread thread = waiting.join();
        listener.cancel();
        assertThat(interrupted.join()).isInstanceOf(InterruptedException.class);
        assertThat(isClosedCalmly.join()).isTrue();
        closed.take();
        thread.join();
        assertThat(listener.told).isEmpty();
        listener.cancel();
        listener.request(1);
        listener.request(0);
        assertThat(closed).isEmpty();
        assertThat(listener.told).isEmpty();
    }

    @Test
    void toCancelClosesTheStreamWhenNothingIsWanted() throws Exception {
        Listener listener = new Listener();
        numbers(5).subscribe(listener);
        listener.request(1);
        assertThat(listener.next(1)).containsExactly(0);
        listener.threads.take().join();
        listener.cancel();
        closed.take().join();
        assertThat(listener.told).isEmpty();
        assertThat(read).hasValue(1);
    }

    @Test
    void theSubscriberIsNotInterruptedWhenAnotherThreadCancels() throws Exception {
        CompletableFuture<Boolean> isInterrupted = new CompletableFuture<>();
        Listener listener = new Listener() {
            @Override
            public void onNext(Object element) {
                AsyncCalls.<@Nullable Void>future("canceller", () -> {
                            cancel();
                            return null;
                        })
                        .join();
                isInterrupted.complete(Thread.currentThread().isInterrupted());
            }
        };
        numbers(5).subscribe(listener);
        listener.request(5);
        assertThat(isInterrupted.join()).isFalse();
        assertThat(closed.take().isInterrupted()).isFalse();
        assertThat(read).hasValue(1);
    }

    @Test
    void whoCancelsWhileSubscribingHasNothingOpened() throws Exception {
        Listener listener = new Listener() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.cancel();
                super.onSubscribe(given);
            }
        };
        CompletableFuture<Thread> started = new CompletableFuture<>();
        AsyncCalls.<Integer>publisher("Dict.keys", () -> {
                    started.complete(Thread.currentThread());
                    return Stream.of(1);
                })
                .subscribe(listener);
        listener.request(1);
        numbers(1).subscribe(listener);
        assertThat(started).isNotDone();
        assertThat(listener.told).isEmpty();
    }

    @Test
    void whatTheCallThrowsEndsTheSubscription() throws Exception {
        IOException failure = new IOException("gone");
        Listener listener = new Listener();
        AsyncCalls.publisher("Dict.keys", () -> failing(failure)).subscribe(listener);
        assertThat(listener.next(1)).containsExactly(failure);
    }

    @Test
    void whatTheStreamThrowsEndsTheSubscriptionAndClosesIt() throws Exception {
        IllegalStateException failure = new IllegalStateException("broken");
        IllegalStateException closing = new IllegalStateException("cannot be closed");
        Listener listener = new Listener();
        AsyncCalls.<Integer>publisher(
                        "Dict.keys",
                        () -> Stream.<Integer>generate(() -> {
                                    throw failure;
                                })
                                .onClose(() -> {
                                    throw closing;
                                }))
                .subscribe(listener);
        listener.request(1);
        assertThat(listener.next(1)).containsExactly(failure);
        assertThat(failure).hasSuppressedException(closing);
    }

    @Test
    void aStreamThatCannotBeClosedFails() throws Exception {
        IllegalStateException closing = new IllegalStateException("cannot be closed");
        Listener listener = new Listener();
        AsyncCalls.publisher(
                        "Dict.keys",
                        () -> Stream.of(1).onClose(() -> {
                            throw closing;
                        }))
                .subscribe(listener);
        listener.request(2);
        assertThat(listener.next(2)).containsExactly(1, closing);
    }

    @Test
    void aSubscriberThatThrowsIsToldAndTheStreamIsClosed() throws Exception {
        IllegalStateException failure = new IllegalStateException("no taste");
        Listener listener = new Listener() {
            @Override
            public void onNext(Object element) {
                throw failure;
            }
        };
        numbers(5).subscribe(listener);
        listener.request(5);
        assertThat(listener.next(1)).containsExactly(failure);
        assertThat(closed).hasSize(1);
        assertThat(read).hasValue(1);
    }

    @Test
    void aNullInTheStreamIsRefused() throws Exception {
        Listener listener = new Listener();
        AsyncCalls.publisher("Dict.keys", () -> Stream.of(1, null)).subscribe(listener);
        listener.request(2);
        assertThat(listener.next(2)).first().isEqualTo(1);
        assertThat(listener.told).isEmpty();
    }

    @Test
    void toAskForNothingIsRefused() throws Exception {
        for (long n : new long[] {0, -1, Long.MIN_VALUE}) {
            Listener listener = new Listener();
            numbers(5).subscribe(listener);
            listener.request(n);
            assertThat(listener.next(1).getFirst())
                    .isInstanceOf(IllegalArgumentException.class)
                    .asString()
                    .contains("3.9");
            listener.request(1);
            assertThat(listener.told).isEmpty();
        }
        assertThat(read).hasValue(0);
    }
}
