package coppice.api.async;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A call on a virtual thread of its own, and the future of its result; see [AsyncCalls#future]. One object for
/// both, as a hundred thousand of them may wait.
final class AsyncCall<T extends @Nullable Object> extends CompletableFuture<T> implements Runnable {
    // Guarded by this.
    private @Nullable Callable<T> call; // until it has begun: what it holds may be large, and the future live long
    private @Nullable Thread thread; // until the call has ended
    private boolean isCancelling;

    private AsyncCall(Callable<T> call) {
        this.call = Objects.requireNonNull(call);
    }

    static <T extends @Nullable Object> AsyncCall<T> begin(String name, Callable<T> call) {
        AsyncCall<T> begun = new AsyncCall<>(call);
        begun.start(name);
        return begun;
    }

    private synchronized void start(String name) {
        thread = Thread.ofVirtual()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .start(this);
    }

    @Override
    public void run() {
        T result;
        try {
            result = calling();
        } catch (Throwable failure) {
            boolean isCancelled = end();
            super.completeExceptionally(isCancelled ? cancellation(failure) : failure);
            return;
        }
        boolean isCancelled = end();
        if (resource(result) instanceof AutoCloseable resource) {
            if (isCancelled || !super.complete(result)) {
                giveBack(resource);
            }
        } else {
            super.complete(result);
        }
    }

    /// What is to be closed when nobody wants the result any more, if anything.
    private static @Nullable Object resource(@Nullable Object result) {
        return result instanceof Optional<?> found ? found.orElse(null) : result;
    }

    private T calling() throws Exception {
        Callable<T> begun;
        synchronized (this) {
            begun = Objects.requireNonNull(call);
            call = null;
            if (isCancelling || isDone()) {
                throw new CancellationException("The call had not begun");
            }
        }
        return begun.call();
    }

    /// Takes note that the call has ended: from here on nobody interrupts the thread, on which runs next what
    /// hangs on the future.
    ///
    /// @return whether it is to be cancelled
    private synchronized boolean end() {
        thread = null;
        Thread.interrupted(); // was meant for what has ended, not for what follows
        return isCancelling;
    }

    /// Closes a result that nobody wants any more.
    private void giveBack(AutoCloseable result) {
        CancellationException cancellation = cancellation(null);
        try {
            result.close();
        } catch (Throwable failure) {
            cancellation.addSuppressed(failure);
        }
        super.completeExceptionally(cancellation);
    }

    private static CancellationException cancellation(@Nullable Throwable cause) {
        CancellationException cancellation = new CancellationException("The call was cancelled");
        cancellation.initCause(cause);
        return cancellation;
    }

    @Override
    public synchronized boolean cancel(boolean mayInterruptIfRunning) {
        if (thread == null || isDone()) {
            return isCancelled();
        }
        isCancelling = true;
        thread.interrupt();
        return true;
    }

    @Override
    public boolean complete(T value) {
        return interruptIf(super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return interruptIf(super.completeExceptionally(failure));
    }

    /// @return whether the future was completed from outside
    private synchronized boolean interruptIf(boolean isCompleted) {
        if (isCompleted && thread != null) {
            thread.interrupt();
        }
        return isCompleted;
    }
}
