package coppice.api.async;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes calls that may wait into futures and publishers: what asynchronous twins are made of ([AsyncTwin]),
/// and as good for any other call.
///
/// Each call runs on a virtual thread of its own, which is there until the call ends. While it waits it costs no
/// processor time, no thread of the system, and about 1 KiB of memory; twice that while the code is new to the
/// virtual machine. Nothing else is started and nothing is kept: when no call runs, nothing is left. A call sees
/// no inheritable thread-local values of its caller.
///
/// Calls have no order among them: who wants one after the other begins the second when the first is done.
public final class AsyncCalls {
    private AsyncCalls() {}

    /// Begins a call and returns at once. The future completes with what the call returns, or exceptionally with
    /// what it throws, as it is. What hangs on the future without an executor of its own runs on the thread of the
    /// call, and may wait there.
    ///
    /// **To cancel it** interrupts the call, whatever the argument, so that one that waits ends at once. The
    /// future is done when the call has ended, and says what became of it:
    ///
    /// - When the call had not begun, it never does, and the future is cancelled.
    /// - When the call ended by an exception, the future is cancelled, and that is the cause of its
    ///   [java.util.concurrent.CancellationException].
    /// - When the call succeeded nevertheless, it was too late to cancel it: the future completes with the
    ///   result. So what was taken from a queue is not lost to who looks at the future that it cancelled.
    /// - Unless the result is [AutoCloseable], such as a lease, or an `Optional` of one: it is closed, which gives
    ///   it back, and the future is cancelled.
    ///
    /// To cancel what hangs on the future, such as `future.thenApply(..)`, does not reach the call.
    ///
    /// **To complete it from outside**, as `orTimeout` and `completeOnTimeout` do, counts at once and interrupts
    /// the call. A result that comes nevertheless is closed if it is such a one; any other is lost. So where
    /// a call takes something away, hand a limit of time to the call itself.
    ///
    /// @param name what the thread is called
    public static <T extends @Nullable Object> CompletableFuture<T> future(String name, Callable<T> call) {
        return AsyncCall.begin(name, call);
    }

    /// Publishes what a stream has: nothing happens until somebody subscribes, and each subscriber has a call and
    /// a stream of its own.
    ///
    /// The call is made when it is subscribed to. Elements are read from the stream one by one as they are asked
    /// for, never ahead, so the end is noticed when more is asked for than there is. A thread is there only while
    /// a subscriber waits for what it asked for. What the call or the stream throws ends the subscription with
    /// that, and so does a subscriber that throws.
    ///
    /// To cancel a subscription interrupts a read that waits. However a subscription ends, the stream is closed.
    ///
    /// @param name what threads are called
    /// @param call has no `null` in its stream
    public static <T> Flow.Publisher<T> publisher(String name, Callable<? extends Stream<? extends T>> call) {
        Objects.requireNonNull(name);
        Objects.requireNonNull(call);
        return subscriber -> new StreamSubscription<T>(name, call, subscriber).begin();
    }
}
