package coppice.api;

import java.util.Objects;
import java.util.Optional;

/// How to merge.
///
/// @param into the branch that gets the result
/// @param message of the merge commit; empty for "Merge SOURCE into TARGET"
/// @param resolver decides keys that both sides changed
/// @param fastForward whether a branch that has nothing of its own is simply moved, without a merge commit
public record Merge(String into, Optional<CommitMessage> message, Resolver resolver, boolean fastForward) {
    public Merge {
        Objects.requireNonNull(into);
        Objects.requireNonNull(message);
        Objects.requireNonNull(resolver);
    }

    /// Into a branch, moving it forward where that is enough, reporting conflicts.
    public static Merge into(String branch) {
        return new Merge(branch, Optional.empty(), Resolver.NONE, true);
    }

    /// This merge, with conflicts decided.
    public Merge resolving(Resolver decider) {
        return new Merge(into, message, decider, fastForward);
    }

    /// This merge with a message.
    public Merge message(CommitMessage text) {
        return new Merge(into, Optional.of(text), resolver, fastForward);
    }

    /// This merge, always with a merge commit.
    public Merge noFastForward() {
        return new Merge(into, message, resolver, false);
    }
}
