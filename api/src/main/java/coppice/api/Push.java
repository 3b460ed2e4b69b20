package coppice.api;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// What to push: one branch, or one tag.
///
/// @param ref here: a branch's name, or a whole name such as `tags/v1`
/// @param to its name over there
/// @param force whether a branch may move to what is no descendant of where it is
/// @param lease where the branch must be over there; empty for wherever it is
/// @param progress is told how far it is, from the pushing thread, after each commit and within large ones
public record Push(String ref, String to, boolean force, Optional<CommitId> lease, Consumer<Traffic> progress) {
    public Push {
        Objects.requireNonNull(ref);
        Objects.requireNonNull(to);
        Objects.requireNonNull(lease);
        Objects.requireNonNull(progress);
    }

    /// A branch to the one of the same name, if that moves it forward.
    public static Push branch(String name) {
        return new Push(name, name, false, Optional.empty(), traffic -> {});
    }

    /// A tag.
    public static Push tag(String name) {
        return branch("tags/" + name);
    }

    /// The same under another name over there.
    public Push to(String name) {
        return new Push(ref, name, force, lease, progress);
    }

    /// The same, even if it drops commits over there.
    public Push forced() {
        return new Push(ref, to, true, lease, progress);
    }

    /// As [#forced()], only if the branch still is at a commit: what somebody else pushed meanwhile is not lost.
    public Push forcedFrom(CommitId expected) {
        return new Push(ref, to, true, Optional.of(expected), progress);
    }

    /// The same, telling how far it is.
    public Push telling(Consumer<Traffic> listener) {
        return new Push(ref, to, force, lease, listener);
    }
}
