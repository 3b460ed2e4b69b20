package coppice.api.structure;

import java.util.concurrent.CompletableFuture;

/// One who leads, or waits to: see [NamedLock#lead]. Safe for use by many threads.
public interface Candidacy extends AutoCloseable {
    /// Whether it leads now.
    boolean isLeader();

    /// Done when it is over: normally when the leader has returned, this was closed or the database was, and
    /// otherwise with what the leader threw. To cancel it has no effect.
    CompletableFuture<Void> ended();

    /// Gives up: it waits no more, or, when it leads, its thread is interrupted, and others lead once that has
    /// returned. Waits for that, unless it is called by the leader itself; a thread that is interrupted meanwhile
    /// waits no longer and stays interrupted. Idempotent.
    @Override
    void close();
}
