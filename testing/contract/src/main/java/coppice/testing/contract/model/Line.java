package coppice.testing.contract.model;

import coppice.api.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A branch.
final class Line {
    Version head;
    State working;

    @Nullable
    Pending pending;

    @Nullable
    PlainRebase rebase;

    @Nullable
    PlainPick pick;

    @Nullable
    PlainReturn returning;

    Line(Version head, State working) {
        this.head = head;
        this.working = working;
    }

    Line copy() {
        Line copy = new Line(head, working);
        copy.pending = pending;
        copy.rebase = rebase;
        copy.pick = pick;
        copy.returning = returning;
        return copy;
    }

    boolean hasChanges() {
        return !working.equals(head.state());
    }

    /// The merge that is not finished. One that waits for decisions is over while the branch has what it was to
    /// merge.
    Optional<Pending> merging() {
        Pending merge = pending;
        return merge == null || (!merge.isStaged() && head.reaches(merge.theirs()))
                ? Optional.empty()
                : Optional.of(merge);
    }

    /// The rebase that is under way. One that has nothing left to do is over once the branch is where it led.
    @Nullable
    PlainRebase rebasing() {
        if (rebase != null && rebase.isOver(head)) {
            rebase = null;
        }
        return rebase;
    }

    /// The cherry-pick or revert that waits.
    @Nullable
    PlainPick picking() {
        if (pick != null && pick.isOver(head)) {
            pick = null;
        }
        return pick;
    }

    /// What was put aside and waits to come back; it is over while its entry is not on the stash.
    @Nullable
    PlainReturn returning(PlainDatabase plain) {
        return returning != null && plain.stashes.contains(returning.entry()) ? returning : null;
    }

    /// Why nothing else can begin that may wait, if so.
    Optional<ErrorCode> waiting(PlainDatabase plain) {
        if (merging().isPresent()) {
            return Optional.of(ErrorCode.MERGE_IN_PROGRESS);
        }
        if (rebasing() != null) {
            return Optional.of(ErrorCode.REBASE_UNDER_WAY);
        }
        return picking() != null || returning(plain) != null ? Optional.of(ErrorCode.EDIT_WAITS) : Optional.empty();
    }

    /// See [PlainDatabase#opened].
    void forgetWhatIsOver(PlainDatabase plain) {
        pending = merging().orElse(null);
        rebase = rebasing();
        pick = picking();
        returning = returning(plain);
    }

    /// The branch was moved: merged content is not its working state any more.
    void moved() {
        if (pending != null && pending.isStaged()) {
            pending = null;
        }
    }
}
