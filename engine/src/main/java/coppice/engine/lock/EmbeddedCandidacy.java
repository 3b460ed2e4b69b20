package coppice.engine.lock;

import coppice.api.DatabaseException;
import coppice.api.structure.Candidacy;
import coppice.api.structure.NamedLock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One who leads, or waits to, on a thread of its own.
final class EmbeddedCandidacy implements Candidacy, Runnable {
    private final Supplier<EmbeddedLease> lock;
    private final NamedLock.Leading leading;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    // Guarded by this.
    private @Nullable Thread thread;
    private boolean isClosed;
    private boolean isLeading;
    private boolean isLost;

    EmbeddedCandidacy(Supplier<EmbeddedLease> lock, NamedLock.Leading leading) {
        this.lock = lock;
        this.leading = leading;
    }

    @Override
    public void run() {
        try {
            boolean again = begin();
            while (again) {
                again = lead();
            }
            ended.complete(null);
        } catch (Throwable failure) { // whatever the leader throws is told
            ended.completeExceptionally(failure);
        }
    }

    private synchronized boolean begin() {
        thread = Thread.currentThread();
        return !isClosed;
    }

    /// Leads once.
    ///
    /// @return whether to wait for another time
    private boolean lead() throws Exception {
        try (EmbeddedLease lease = acquire()) {
            if (lease == null) {
                return false;
            }
            start();
            lease.whenLost(this::lost);
            try {
                if (isCalled()) {
                    leading.lead(lease);
                }
            } catch (Throwable failure) {
                if (!stop()) {
                    throw failure;
                }
                return isWanted();
            }
            return stop() && isWanted();
        }
    }

    private @Nullable EmbeddedLease acquire() {
        try {
            return lock.get();
        } catch (DatabaseException.Interrupted | DatabaseException.Closed over) {
            boolean isOver = over instanceof DatabaseException.Closed || !isWanted();
            if (!isOver) {
                throw over;
            }
            return null;
        }
    }

    private synchronized void start() {
        isLeading = true;
        isLost = false;
    }

    private synchronized boolean isCalled() {
        return !isLost && !isClosed;
    }

    private synchronized boolean isWanted() {
        return !isClosed;
    }

    /// The leader has returned: nobody interrupts it from here on.
    ///
    /// @return whether it was told to
    private synchronized boolean stop() {
        isLeading = false;
        boolean _ = Thread.interrupted(); // was meant for what has ended, not for what follows
        return isLost || isClosed;
    }

    private synchronized void lost() {
        isLost = true;
        if (isLeading) {
            interrupt();
        }
    }

    private void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public synchronized boolean isLeader() {
        return isLeading && !isLost;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (!isClosed) {
                isClosed = true;
                interrupt();
            }
            if (Thread.currentThread().equals(thread)) {
                return;
            }
        }
        try {
            ended.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException _) {
            // told by ended()
        }
    }
}
