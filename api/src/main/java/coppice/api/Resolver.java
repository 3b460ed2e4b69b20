package coppice.api;

import java.util.Optional;

/// Decides conflicts of a merge. Called once for each, in the order of spaces and keys; it must not use the
/// database's writing side.
@FunctionalInterface
public interface Resolver {
    /// Leaves every conflict to the caller.
    Resolver NONE = conflict -> new Unresolved();

    /// Keeps what the branch merged into has.
    Resolver OURS = conflict -> new Take(conflict.ours());

    /// Takes what the merged side has.
    Resolver THEIRS = conflict -> new Take(conflict.theirs());

    /// Decides one conflict.
    Resolution resolve(Conflict conflict);

    /// The outcome of one conflict.
    sealed interface Resolution {}

    /// The key gets this value, or is removed when there is none.
    record Take(Optional<byte[]> value) implements Resolution {}

    /// The conflict stays.
    record Unresolved() implements Resolution {}
}
