package coppice.testing.contract.model;

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

    Line(Version head, State working) {
        this.head = head;
        this.working = working;
    }

    Line copy() {
        Line copy = new Line(head, working);
        copy.pending = pending;
        copy.rebase = rebase;
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

    /// The branch was moved: merged content is not its working state any more.
    void moved() {
        if (pending != null && pending.isStaged()) {
            pending = null;
        }
    }
}
