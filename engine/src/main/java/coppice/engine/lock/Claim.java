package coppice.engine.lock;

import coppice.api.structure.LockOptions;
import org.jspecify.annotations.Nullable;

/// One who wants a lock, or got it.
final class Claim {
    final String lock;
    final LockOptions options;
    final Thread thread = Thread.currentThread();

    /// What a lease refers to, and so does who waits for one: while it is referred to, the lease may be renewed by
    /// itself. Shared by all leases of one token.
    Object grip = new Object();

    /// What he got; set by whoever gives it to him.
    volatile @Nullable Hold hold;

    Claim(String lock, LockOptions options) {
        this.lock = lock;
        this.options = options;
    }

    /// Who he is, in words.
    String owner() {
        if (!options.owner().isEmpty()) {
            return options.owner();
        }
        String process = "process " + ProcessHandle.current().pid();
        return thread.getName().isEmpty() ? process : process + ", thread " + thread.getName();
    }
}
