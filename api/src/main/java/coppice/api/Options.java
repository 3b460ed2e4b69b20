package coppice.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// How to open a database. Any database opens with any options.
///
/// @param whenMissing what to do when the location holds no database
/// @param durability what "acknowledged" means for a transaction; see [Durability]
/// @param memoryBytes how much heap the database may use for cached nodes and unfolded changes together, at least 8
///     MiB; a fixed overhead of at most 64 MiB comes on top
/// @param compression how chunks are stored from now on; old ones stay as they are and stay readable. Part of the
///     database: where it is empty, that goes on as it was, and a new database takes [Compression#ADAPTIVE]
/// @param author the name written into commits made without one
/// @param retention how long the reflog remembers where a ref was, and so how long [Database#gc()] keeps what
///     no ref names any more; not negative
/// @param hooks who is asked and told about versions and refs, from the first moment on; see [Hook]
/// @param autoCommit makes every transaction a version with this message; see [#committingAll]
public record Options(
        WhenMissing whenMissing,
        Durability durability,
        long memoryBytes,
        Optional<Compression> compression,
        String author,
        Duration retention,
        Hooks hooks,
        Optional<CommitMessage> autoCommit) {

    /// The least heap a database works with, in bytes.
    public static final long MEMORY_BYTES_MIN = 8L << 20;

    /// What opening does where there is no database yet.
    public enum WhenMissing {
        /// Make one.
        CREATE,
        /// Refuse with [ErrorCode#NO_DATABASE].
        FAIL
    }

    public Options {
        Objects.requireNonNull(whenMissing);
        Objects.requireNonNull(durability);
        Objects.requireNonNull(compression);
        Objects.requireNonNull(author);
        Objects.requireNonNull(hooks);
        Objects.requireNonNull(autoCommit);
        if (retention.isNegative()) {
            throw new IllegalArgumentException("retention is " + retention + ": give zero or more");
        }
        if (memoryBytes < MEMORY_BYTES_MIN) {
            throw new IllegalArgumentException("memoryBytes is " + memoryBytes + ", the least is " + MEMORY_BYTES_MIN);
        }
    }

    /// Create when missing, [Durability#SYNC], a quarter of the heap, the database's compression, the operating
    /// system's user as author, 30 days of reflog, and no hooks.
    public static Options defaults() {
        long memory = Math.max(MEMORY_BYTES_MIN, Runtime.getRuntime().maxMemory() / 4);
        String user = System.getProperty("user.name", "");
        return new Options(
                WhenMissing.CREATE,
                Durability.SYNC,
                memory,
                Optional.empty(),
                user.isBlank() ? "unknown" : user,
                Duration.ofDays(30),
                Hooks.none(),
                Optional.empty());
    }

    /// These options, refusing to create a database.
    public Options mustExist() {
        return new Options(
                WhenMissing.FAIL, durability, memoryBytes, compression, author, retention, hooks, autoCommit);
    }

    /// These options with another durability.
    public Options with(Durability other) {
        return new Options(whenMissing, other, memoryBytes, compression, author, retention, hooks, autoCommit);
    }

    /// These options with another compression.
    public Options with(Compression other) {
        return new Options(
                whenMissing, durability, memoryBytes, Optional.of(other), author, retention, hooks, autoCommit);
    }

    /// These options with another memory budget, in bytes.
    public Options withMemoryBytes(long bytes) {
        return new Options(whenMissing, durability, bytes, compression, author, retention, hooks, autoCommit);
    }

    /// These options with another default author.
    public Options withAuthor(String name) {
        return new Options(whenMissing, durability, memoryBytes, compression, name, retention, hooks, autoCommit);
    }

    /// These options with another time that the reflog is kept.
    public Options withRetention(Duration period) {
        return new Options(whenMissing, durability, memoryBytes, compression, author, period, hooks, autoCommit);
    }

    /// These options with other hooks.
    public Options with(Hooks other) {
        return new Options(whenMissing, durability, memoryBytes, compression, author, retention, other, autoCommit);
    }

    /// These options with auto-commit: each transaction that takes effect becomes a version of its branch in the same
    /// step, so that a crash leaves both or neither. A call on a [Space] is a transaction, and so are
    /// [Branch#load] and [Branch#importLines(java.io.InputStream, Import)], whose versions are a step of their own.
    ///
    /// A version holds the whole working state, and so also what was left uncommitted before by a merge without
    /// commit, a stash that came back or a hook that is asked. While the content of a merge waits to be committed,
    /// transactions only add to it. One that changes nothing makes no version. [Database#undo()] takes back the
    /// transaction with its version.
    ///
    /// Costs each transaction 0.2 to 0.4 ms of CPU on top of its writes, and one shared sync as without it;
    /// transactions on one branch take turns in folding, and share syncs.
    ///
    /// @param message of each version; [EmptyCommit#SKIP] is what it does when nothing changed
    public Options committingAll(CommitMessage message) {
        Optional<CommitMessage> all = Optional.of(message.whenEmpty(EmptyCommit.SKIP));
        return new Options(whenMissing, durability, memoryBytes, compression, author, retention, hooks, all);
    }
}
