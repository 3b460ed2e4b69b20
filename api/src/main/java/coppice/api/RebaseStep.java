package coppice.api;

import java.util.Objects;
import java.util.Optional;

/// One line of a [RebasePlan].
///
/// @param action what becomes of the commit
/// @param commit which commit
/// @param message the new message: of a [Action#REWORD], which stops to ask when there is none, or of a
///     [Action#SQUASH], which puts both messages together when there is none
public record RebaseStep(Action action, CommitId commit, Optional<String> message) {
    /// What becomes of a commit.
    public enum Action {
        /// It is applied as it is.
        PICK,
        /// It is applied with another message.
        REWORD,
        /// It is applied; then the rebase stops, so that its content can be changed.
        EDIT,
        /// It becomes part of the commit made by the step before; so does its message.
        SQUASH,
        /// It becomes part of the commit made by the step before, without its message.
        FIXUP,
        /// It is left out.
        DROP
    }

    public RebaseStep {
        Objects.requireNonNull(action);
        Objects.requireNonNull(commit);
        if (message.isPresent() && action != Action.REWORD && action != Action.SQUASH) {
            throw new IllegalArgumentException("Only REWORD and SQUASH take a message, not " + action);
        }
    }

    /// A commit as it is.
    public static RebaseStep pick(CommitId commit) {
        return new RebaseStep(Action.PICK, commit, Optional.empty());
    }

    /// The same commit, treated otherwise.
    public RebaseStep as(Action other) {
        return new RebaseStep(other, commit, Optional.empty());
    }

    /// The same commit with another message.
    public RebaseStep reword(String text) {
        return new RebaseStep(Action.REWORD, commit, Optional.of(text));
    }

    /// The same commit as a part of the one before, which gets this message.
    public RebaseStep squash(String text) {
        return new RebaseStep(Action.SQUASH, commit, Optional.of(text));
    }
}
