package coppice.api;

import java.util.Objects;

/// How to run a transaction given as a function.
///
/// @param isolation what other transactions may do to it
/// @param attempts how often it is tried before a conflict is given to the caller, at least 1
public record TransactionOptions(Isolation isolation, int attempts) {
    public TransactionOptions {
        Objects.requireNonNull(isolation);
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts is " + attempts + ", the least is 1");
        }
    }

    /// Snapshot isolation, 100 attempts.
    public static TransactionOptions defaults() {
        return new TransactionOptions(Isolation.SNAPSHOT, 100);
    }

    /// Serializable, 100 attempts.
    public static TransactionOptions serializable() {
        return new TransactionOptions(Isolation.SERIALIZABLE, 100);
    }
}
