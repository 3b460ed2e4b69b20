package coppice.api;

import java.util.Objects;
import java.util.Optional;

/// How to run a transaction given as a function.
///
/// @param isolation what other transactions may do to it
/// @param attempts how often it is tried before a conflict is given to the caller, at least 1
/// @param message makes it a version as [Transaction#commit(CommitMessage)] does; empty for what
///     [Options#autoCommit()] says
public record TransactionOptions(Isolation isolation, int attempts, Optional<CommitMessage> message) {
    public TransactionOptions {
        Objects.requireNonNull(isolation);
        Objects.requireNonNull(message);
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts is " + attempts + ", the least is 1");
        }
    }

    /// As [Options#autoCommit()] says.
    public TransactionOptions(Isolation isolation, int attempts) {
        this(isolation, attempts, Optional.empty());
    }

    /// Snapshot isolation, 100 attempts.
    public static TransactionOptions defaults() {
        return new TransactionOptions(Isolation.SNAPSHOT, 100);
    }

    /// Serializable, 100 attempts.
    public static TransactionOptions serializable() {
        return new TransactionOptions(Isolation.SERIALIZABLE, 100);
    }

    /// These options, making the transaction a version.
    public TransactionOptions committing(CommitMessage as) {
        return new TransactionOptions(isolation, attempts, Optional.of(as));
    }
}
