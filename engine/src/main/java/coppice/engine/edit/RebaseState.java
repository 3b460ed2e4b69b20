package coppice.engine.edit;

import coppice.api.RebaseStep;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far a rebase has come. An immutable value; each step gives another one.
///
/// @param onto the commit that all goes on
/// @param original the branch's commit when the rebase began, or when it last caught up with it
/// @param reached the last commit made, or `onto`
/// @param made the commit of the first step, when the rebase stopped because it may be changed
/// @param stop why it stopped
/// @param keepEmpty whether commits that come to change nothing are made all the same
/// @param melding whether the last step that was to make a commit has made one
/// @param edits whether there was a branch to edit on
/// @param steps what is left to do; the first is the one at which it stopped
/// @param skipped the commits that came to change nothing
public record RebaseState(
        Hash onto,
        Hash original,
        Hash reached,
        @Nullable Hash made,
        Stop stop,
        boolean keepEmpty,
        boolean melding,
        boolean edits,
        List<Step> steps,
        List<Hash> skipped) {
    /// Why a rebase waits.
    public enum Stop {
        /// It does not: the next step is to be done, or the branch is about to move.
        NONE,
        /// The first step met keys that were changed differently.
        CONFLICT,
        /// The content of the first step's commit may be changed.
        EDIT,
        /// The message of the first step's commit may be changed.
        REWORD
    }

    /// A step of the plan.
    public record Step(RebaseStep.Action action, Hash commit, Optional<String> message) {
        /// Whether its change becomes part of the commit before.
        public boolean isPart() {
            return action == RebaseStep.Action.SQUASH || action == RebaseStep.Action.FIXUP;
        }
    }

    public RebaseState {
        steps = List.copyOf(steps);
        skipped = List.copyOf(skipped);
    }

    /// The beginning of a rebase.
    public static RebaseState begin(Hash onto, Hash original, boolean keepEmpty, List<Step> steps) {
        return new RebaseState(onto, original, onto, null, Stop.NONE, keepEmpty, false, false, steps, List.of());
    }

    /// The step to do next, or at which it stopped.
    public Step step() {
        return steps.getFirst();
    }

    /// The commit to keep from being swept away.
    public Hash top() {
        return made != null ? made : reached;
    }

    /// Waiting at the first step.
    ///
    /// @param commit what the step made, if it made something
    public RebaseState stopped(Stop why, @Nullable Hash commit) {
        boolean editing = edits || why == Stop.EDIT;
        return new RebaseState(onto, original, reached, commit, why, keepEmpty, melding, editing, steps, skipped);
    }

    /// About to do the first step.
    public RebaseState going() {
        return new RebaseState(onto, original, reached, null, Stop.NONE, keepEmpty, melding, edits, steps, skipped);
    }

    /// About to do another step in place of the first.
    public RebaseState with(Step first) {
        List<Step> all = new ArrayList<>(steps);
        all.set(0, first);
        return new RebaseState(onto, original, reached, null, Stop.NONE, keepEmpty, melding, edits, all, skipped);
    }

    /// The first step is done: it has led here.
    public RebaseState advanced(Hash commit) {
        return next(commit, true, skipped);
    }

    /// The first step is done: it came to change nothing.
    public RebaseState passed() {
        List<Hash> more = new ArrayList<>(skipped);
        more.add(step().commit());
        return next(reached, melding && step().isPart(), more);
    }

    /// The first step is left out.
    public RebaseState dropped() {
        boolean apart = step().isPart() || step().action() == RebaseStep.Action.DROP;
        return next(reached, melding && apart, skipped);
    }

    private RebaseState next(Hash commit, boolean meld, List<Hash> passed) {
        return new RebaseState(
                onto,
                original,
                commit,
                null,
                Stop.NONE,
                keepEmpty,
                meld,
                edits,
                steps.subList(1, steps.size()),
                passed);
    }

    /// The branch got more commits meanwhile, which are to follow.
    public RebaseState following(Hash head, List<Step> more) {
        List<Step> all = new ArrayList<>(steps);
        all.addAll(more);
        return new RebaseState(onto, head, reached, made, stop, keepEmpty, melding, edits, all, skipped);
    }
}
