package coppice.api.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AsyncCallsTest {
    /// A call that waits until it is let go or interrupted, and knows the thread it is on.
    private static class Waiting {
        final CompletableFuture<Thread> thread = new CompletableFuture<>();
        final Semaphore open = new Semaphore(0);

        String untilInterrupted() throws InterruptedException {
            thread.complete(Thread.currentThread());
            open.acquire();
            return "job";
        }

        String whateverHappens() {
            thread.complete(Thread.currentThread());
            open.acquireUninterruptibly();
            return "job";
        }
    }

    private record Lock(AtomicInteger closed, @Nullable IOException failure) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            closed.incrementAndGet();
            if (failure != null) {
                throw failure;
            }
        }
    }

    /// The failure that is told to what hangs on a future.
    private static Throwable seen(CompletableFuture<?> future) {
        return future.handle((value, failure) -> failure).join();
    }

    @Test
    void aFutureHasWhatItsCallReturns() {
        assertThat(AsyncCalls.future("Dict.get", () -> "value").join()).isEqualTo("value");
        assertThat(AsyncCalls.<@Nullable Void>future("Dict.put", () -> null).join())
                .isNull();
    }

    @Test
    void aCallHasAVirtualThreadOfItsNameThatEndsWithIt() throws Exception {
        Thread thread = AsyncCalls.future("Dict.get", Thread::currentThread).join();
        assertThat(thread.getName()).isEqualTo("Dict.get");
        assertThat(thread.isVirtual()).isTrue();
        thread.join();
    }

    @Test
    void aFutureFailsWithTheExceptionItself() {
        IOException failure = new IOException("gone");
        CompletableFuture<String> future = AsyncCalls.future("Blob.read", () -> {
            throw failure;
        });
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasCause(failure);
        assertThat(future.exceptionNow()).isSameAs(failure);
        assertThat(seen(future)).isSameAs(failure);
    }

    @Test
    void anErrorIsAFailureToo() {
        AssertionError failure = new AssertionError("broken");
        CompletableFuture<String> future = AsyncCalls.future("Dict.compute", () -> {
            throw failure;
        });
        assertThat(catchThrowable(future::join)).hasCause(failure);
    }

    @Test
    void toCancelEndsACallThatWaits() throws Exception {
        Waiting call = new Waiting();
        CompletableFuture<String> future = AsyncCalls.future("WorkQueue.get", call::untilInterrupted);
        Thread thread = call.thread.join();
        assertThat(future.isDone()).isFalse();
        assertThat(future.cancel(true)).isTrue();
        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        assertThat(future.isCancelled()).isTrue();
        assertThat(seen(future)).hasCauseInstanceOf(InterruptedException.class);
        assertThat(future.cancel(true)).isTrue();
        thread.join();
    }

    @Test
    void whatACallBroughtThoughItWasCancelledIsTold() {
        Waiting call = new Waiting();
        CompletableFuture<String> future = AsyncCalls.future("WorkQueue.take", call::whateverHappens);
        call.thread.join();
        assertThat(future.cancel(false)).isTrue();
        assertThat(future.isDone()).isFalse();
        call.open.release();
        assertThat(future.join()).isEqualTo("job");
        assertThat(future.isCancelled()).isFalse();
        assertThat(future.cancel(true)).isFalse();
    }

    @Test
    void whatCanBeClosedIsGivenBackWhenTheCallWasCancelled() {
        Waiting call = new Waiting();
        Lock lock = new Lock(new AtomicInteger(), new IOException("late"));
        CompletableFuture<Lock> future = AsyncCalls.future("Lease.acquire", () -> {
            call.whateverHappens();
            return lock;
        });
        call.thread.join();
        future.cancel(true);
        call.open.release();
        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        assertThat(lock.closed).hasValue(1);
        assertThat(seen(future)).hasSuppressedException(lock.failure);
    }

    @Test
    void whatIsPerhapsThereIsGivenBackToo() {
        Waiting call = new Waiting();
        Lock lock = new Lock(new AtomicInteger(), null);
        CompletableFuture<Optional<Lock>> future = AsyncCalls.future("NamedLock.tryAcquire", () -> {
            call.whateverHappens();
            return Optional.of(lock);
        });
        call.thread.join();
        future.cancel(true);
        call.open.release();
        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        assertThat(lock.closed).hasValue(1);
        assertThat(AsyncCalls.future("NamedLock.tryAcquire", () -> Optional.of(lock))
                        .join())
                .contains(lock);
        assertThat(lock.closed).hasValue(1);
    }

    @Test
    void whatCanBeClosedIsLeftAloneWhenItIsWanted() {
        Lock lock = new Lock(new AtomicInteger(), null);
        CompletableFuture<Lock> future = AsyncCalls.future("Lease.acquire", () -> lock);
        assertThat(future.join()).isSameAs(lock);
        assertThat(future.cancel(true)).isFalse();
        assertThat(lock.closed).hasValue(0);
    }

    @Test
    void toCompleteAFutureFromOutsideEndsItsCall() throws Exception {
        Waiting failed = new Waiting();
        CompletableFuture<String> future = AsyncCalls.future("WorkQueue.get", failed::untilInterrupted);
        assertThat(future.completeExceptionally(new TimeoutException())).isTrue();
        assertThat(future.completeExceptionally(new IOException())).isFalse();
        assertThat(catchThrowable(future::join)).hasCauseInstanceOf(TimeoutException.class);

        Waiting completed = new Waiting();
        CompletableFuture<String> other = AsyncCalls.future("WorkQueue.get", completed::untilInterrupted);
        Thread thread = completed.thread.join();
        assertThat(other.complete("none")).isTrue();
        assertThat(other.join()).isEqualTo("none");
        thread.join();
    }

    @Test
    void aTimeLimitEndsTheCall() throws Exception {
        Waiting call = new Waiting();
        CompletableFuture<String> future = AsyncCalls.future("WorkQueue.get", call::untilInterrupted);
        Thread thread = call.thread.join();
        assertThat(catchThrowable(future.orTimeout(1, TimeUnit.MILLISECONDS)::join))
                .hasCauseInstanceOf(TimeoutException.class);
        thread.join();
    }

    @Test
    void whatComesTooLateForAFutureIsGivenBack() throws Exception {
        Waiting call = new Waiting();
        Lock lock = new Lock(new AtomicInteger(), null);
        CompletableFuture<@Nullable Lock> future = AsyncCalls.future("Lease.acquire", () -> {
            call.whateverHappens();
            return lock;
        });
        Thread thread = call.thread.join();
        future.complete(null);
        call.open.release();
        thread.join();
        assertThat(lock.closed).hasValue(1);
        assertThat(future.join()).isNull();
    }

    @Test
    void anInterruptThatCameTooLateDoesNotReachWhatHangsOnTheFuture() {
        Waiting call = new Waiting();
        CompletableFuture<String> future = AsyncCalls.future("WorkQueue.take", call::whateverHappens);
        Thread thread = call.thread.join();
        CompletableFuture<Boolean> isInterrupted = future.thenApply(job -> {
            assertThat(Thread.currentThread()).isSameAs(thread);
            future.cancel(true);
            return Thread.currentThread().isInterrupted();
        });
        future.cancel(true);
        call.open.release();
        assertThat(isInterrupted.join()).isFalse();
    }

    @Test
    void callsThatAreCancelledAtOnceLeaveNothingBehind() {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 1_000; i++) {
            CompletableFuture<String> future = AsyncCalls.future("WorkQueue.get", () -> {
                begun.incrementAndGet();
                try {
                    never.await();
                } finally {
                    ended.incrementAndGet();
                }
                return "job";
            });
            future.cancel(true);
            assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        }
        assertThat(ended).hasValue(begun.get());
    }

    @Test
    void aCallDoesNotSeeTheThreadLocalValuesOfItsCaller() {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("mine");
        try {
            assertThat(AsyncCalls.<@Nullable String>future("Dict.get", local::get)
                            .join())
                    .isNull();
        } finally {
            local.remove();
        }
    }

    @Test
    void aFutureThatIsDoneHoldsNothingOfItsCall() throws Exception {
        Waiting call = new Waiting();
        WeakReference<Waiting> held = new WeakReference<>(call);
        call.open.release();
        CompletableFuture<String> future = AsyncCalls.future("WorkQueue.get", call::untilInterrupted);
        future.join();
        call.thread.join().join();
        call = null;
        System.gc();
        assertThat(held.refersTo(null)).isTrue();
        assertThat(future).isCompletedWithValue("job");
    }

    @Test
    void aHundredThousandCallsThatWaitTakeLittleMemory() {
        bytesEachOfManyThatWait(); // frames that are interpreted take twice the space of compiled ones
        assertThat(bytesEachOfManyThatWait()).isBetween(100L, 2_048L);
    }

    private static long bytesEachOfManyThatWait() {
        int count = 100_000;
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(count);
        List<CompletableFuture<Boolean>> futures = new ArrayList<>(count);
        long before = usedBytes();
        for (int i = 0; i < count; i++) {
            futures.add(AsyncCalls.future("WorkQueue.get", () -> {
                begun.countDown();
                open.await();
                return true;
            }));
        }
        assertThat(catchThrowable(begun::await)).isNull();
        long bytes = usedBytes() - before;
        assertThat(futures).noneMatch(CompletableFuture::isDone);
        open.countDown();
        assertThat(futures).allMatch(CompletableFuture::join);
        return bytes / count;
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
