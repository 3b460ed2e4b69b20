package coppice.engine.waiting;

import coppice.api.MergeRule;
import coppice.api.OpenConflicts.Operation;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far commits have come that are applied one after another: a rebase, a cherry-pick or a revert. An immutable
/// value; each step gives another one.
///
/// @param terms what it is, from beginning to end
/// @param onto the commit that all goes on
/// @param original the branch's commit when it began, or when it last caught up with it
/// @param reached the last commit made, or `onto`
/// @param made the commit of the first step, when it stopped because that may be changed
/// @param stop why it stopped
/// @param melding whether the last step that was to make a commit has made one
/// @param edits whether there was a branch to edit on
/// @param steps what is left to do; the first is the one at which it stopped
/// @param skipped the commits that came to change nothing
public record Replay(
        Terms terms,
        Hash onto,
        Hash original,
        Hash reached,
        @Nullable Hash made,
        Stop stop,
        boolean melding,
        boolean edits,
        List<Step> steps,
        List<Hash> skipped) {
    /// What stays the same from beginning to end.
    ///
    /// @param kind what it is
    /// @param words what was asked for, as the reflog says it
    /// @param branchMadeAt when the branch was made, which tells it from an earlier one of the same name
    /// @param keepEmpty whether commits that come to change nothing are made all the same
    /// @param rules its own merge rules
    public record Terms(Kind kind, String words, long branchMadeAt, boolean keepEmpty, List<MergeRule> rules) {
        public Terms {
            rules = List.copyOf(rules);
        }
    }

    /// What it is.
    public enum Kind {
        /// The branch's own commits go elsewhere.
        REBASE("rebase", Operation.REBASE),
        /// Commits from elsewhere come to the branch.
        CHERRY_PICK("cherry-pick", Operation.CHERRY_PICK),
        /// Commits are taken back.
        REVERT("revert", Operation.REVERT);

        private final String word;
        private final Operation operation;

        Kind(String word, Operation operation) {
            this.word = word;
            this.operation = operation;
        }

        /// What people call it.
        public String word() {
            return word;
        }

        /// What the API calls it.
        public Operation operation() {
            return operation;
        }
    }

    /// Why it waits.
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

    /// What becomes of a commit. The first are those of [coppice.api.RebaseStep.Action], by the same names.
    public enum Action {
        /// It is applied.
        PICK,
        /// It is applied with another message.
        REWORD,
        /// It is applied, and then it stops.
        EDIT,
        /// It becomes part of the one before, with its message.
        SQUASH,
        /// It becomes part of the one before.
        FIXUP,
        /// It is left out.
        DROP,
        /// It is taken back.
        REVERT
    }

    /// A step of the plan.
    ///
    /// @param mainline which parent its change is counted against, from 1
    public record Step(Action action, Hash commit, int mainline, Optional<String> message) {
        /// A commit as it is.
        public static Step pick(Hash commit) {
            return new Step(Action.PICK, commit, 1, Optional.empty());
        }

        /// Whether its change becomes part of the commit before.
        public boolean isPart() {
            return action == Action.SQUASH || action == Action.FIXUP;
        }
    }

    public Replay {
        steps = List.copyOf(steps);
        skipped = List.copyOf(skipped);
    }

    /// The beginning.
    public static Replay begin(Terms terms, Hash onto, Hash original, List<Step> steps) {
        return new Replay(terms, onto, original, onto, null, Stop.NONE, false, false, steps, List.of());
    }

    /// Whether the branch's own commits go elsewhere; else others come to it.
    public boolean isRebase() {
        return terms.kind() == Kind.REBASE;
    }

    /// The step to do next, or at which it stopped.
    public Step step() {
        return steps.getFirst();
    }

    /// Whether all is done but moving the branch.
    boolean isWorkedOut() {
        return stop == Stop.NONE && steps.isEmpty();
    }

    /// The commit to keep from being swept away.
    public Hash top() {
        return made != null ? made : reached;
    }

    /// Waiting at the first step.
    ///
    /// @param commit what the step made, if it made something
    public Replay stopped(Stop why, @Nullable Hash commit) {
        boolean editing = edits || why == Stop.EDIT;
        return new Replay(terms, onto, original, reached, commit, why, melding, editing, steps, skipped);
    }

    /// About to do the first step.
    public Replay going() {
        return new Replay(terms, onto, original, reached, null, Stop.NONE, melding, edits, steps, skipped);
    }

    /// About to do another step in place of the first.
    public Replay with(Step first) {
        List<Step> all = new ArrayList<>(steps);
        all.set(0, first);
        return new Replay(terms, onto, original, reached, null, Stop.NONE, melding, edits, all, skipped);
    }

    /// The first step is done: it has led here.
    public Replay advanced(Hash commit) {
        return next(commit, true, skipped);
    }

    /// The first step is done: it came to change nothing.
    public Replay passed() {
        List<Hash> more = new ArrayList<>(skipped);
        more.add(step().commit());
        return next(reached, melding && step().isPart(), more);
    }

    /// The first step is left out.
    public Replay dropped() {
        boolean apart = step().isPart() || step().action() == Action.DROP;
        return next(reached, melding && apart, skipped);
    }

    private Replay next(Hash commit, boolean meld, List<Hash> passed) {
        List<Step> rest = steps.subList(1, steps.size());
        return new Replay(terms, onto, original, commit, null, Stop.NONE, meld, edits, rest, passed);
    }

    /// The branch that is rebased got more commits meanwhile, which are to follow.
    public Replay following(Hash head, List<Step> more) {
        List<Step> all = new ArrayList<>(steps);
        all.addAll(more);
        return new Replay(terms, onto, head, reached, made, stop, melding, edits, all, skipped);
    }

    /// The branch that gets commits is elsewhere by now: what was made is made again on top of that.
    ///
    /// @param again the steps that do so
    public Replay restarted(Hash head, List<Step> again) {
        List<Step> all = new ArrayList<>(again);
        all.addAll(steps);
        return new Replay(terms, head, head, head, null, Stop.NONE, false, edits, all, skipped);
    }
}
