package coppice.engine.merge;

import coppice.api.CommitMessage;
import coppice.api.Conflict;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.Operation;
import coppice.engine.flight.RecordedMerge;
import coppice.engine.live.LiveBranch;
import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.engine.state.BranchState;
import coppice.engine.state.Spaces;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.version.Versions;
import coppice.engine.version.Vetting;
import coppice.engine.views.Fitting;
import coppice.engine.waiting.Decision;
import coppice.engine.waiting.Decisions;
import coppice.engine.waiting.MergeStates;
import coppice.engine.waiting.Unfinished;
import coppice.engine.waiting.Waiting;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Merges commits into branches. A merge is worked out beside everything else; it takes effect only if the branch
/// is then still where it was, else it is worked out again.
public final class Merging {
    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Versions versions;
    private final Policies policies;
    private final MergeStates states;
    private final Waiting waiting;
    private final Vetting vetting;
    private final Fitting fitting;

    public Merging(
            Storage storage,
            Checkpoint checkpoint,
            Versions versions,
            Policies policies,
            Waiting waiting,
            Vetting vetting,
            Fitting fitting) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.versions = versions;
        this.policies = policies;
        this.states = waiting.merges();
        this.waiting = waiting;
        this.vetting = vetting;
        this.fitting = fitting;
    }

    /// How an attempt ended.
    ///
    /// @param joined what moved the branch, or null when it did not move
    /// @param made the commits that were made
    private record Done(MergeOutcome outcome, Vetting.@Nullable Joining joined, List<Hash> made) {
        static Done unmoved(MergeOutcome outcome) {
            return new Done(outcome, null, List.of());
        }
    }

    /// The policies by which merges decide.
    public Policies policies() {
        return policies;
    }

    /// The merges that are not finished.
    public MergeStates states() {
        return states;
    }

    /// Merges a commit into a branch that has no unfinished merge.
    ///
    /// @param source what the commit was called
    public MergeOutcome begin(String source, Hash theirs, LiveBranch target, Merge merge) {
        if (states.find(target).isPresent()) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.MERGE_IN_PROGRESS,
                            "A merge into '" + target.name()
                                    + "' is not finished: commit or abort it (see merging()), then merge")
                    .with("branch", target.name());
        }
        if (merge.has(Merge.Option.KEEP_CONFLICTS) || merge.has(Merge.Option.NO_COMMIT)) {
            waiting.requireNothing(target);
        }
        return merge(new Job(source, theirs, target, merge, source));
    }

    /// Goes on with a merge that waited.
    ///
    /// @param merge how to, with what was decided
    public MergeOutcome resume(Unfinished unfinished, LiveBranch target, Merge merge) {
        return merge(new Job(unfinished.source(), unfinished.theirs(), target, merge, MergeStates.words(unfinished)));
    }

    /// A merge to do.
    ///
    /// @param source what the commit was called
    /// @param words what the reflog says of it
    private record Job(String source, Hash theirs, LiveBranch target, Merge merge, String words) {}

    private MergeOutcome merge(Job job) {
        return storage.meters().of(Operation.MERGE).time(() -> {
            RecordedMerge recorded = new RecordedMerge();
            MergeOutcome outcome = vetted(job);
            recorded.done(job.source(), job.target().name(), outcome);
            return outcome;
        });
    }

    private MergeOutcome vetted(Job job) {
        LiveBranch target = job.target();
        Done done = vetting.alone(target, () -> vetting.untilDone(target.name(), () -> attempt(job)));
        vetting.tellCommits(target, "merge", done.made());
        Vetting.Joining joined = done.joined();
        if (joined != null) {
            vetting.tellMerge(joined);
        }
        return done.outcome();
    }

    private Optional<Done> attempt(Job job) {
        LiveBranch target = job.target();
        target.settle();
        checkpoint.fold(target); // so that changes that cancel out leave nothing behind
        BranchState state = target.shown();
        requireClean(target);
        Hash ours = state.commit();
        return storage.history().isAncestor(job.theirs(), ours)
                ? Optional.of(Done.unmoved(new MergeOutcome.UpToDate(versions.describe(ours))))
                : storage.roots().writing(() -> attempt(job, ours));
    }

    private void requireClean(LiveBranch target) {
        if (versions.hasChanges(target)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.UNCOMMITTED_CHANGES,
                            "Branch '" + target.name()
                                    + "' has uncommitted changes: commit or discard them, then merge")
                    .with("branch", target.name());
        }
    }

    private Optional<Done> attempt(Job job, Hash ours) {
        LiveBranch target = job.target();
        Hash theirs = job.theirs();
        Merge merge = job.merge();
        if (isForward(ours, theirs, merge)) {
            Hash content = storage.history().read(theirs).catalog();
            Vetting.Joining forward = new Vetting.Joining(target, job.source(), ours, theirs, theirs, content);
            return move(forward, List.of(), storage.note("merge", job.source() + ": fast-forward"));
        }
        requireAllowed(job.source(), ours, theirs, target.name(), merge);
        List<Conflict> conflicts = new ArrayList<>();
        List<Decision> decisions = new ArrayList<>();
        Merge noting = merge.resolving(Decisions.noting(merge.resolver(), decisions));
        Catalog merged = threeWay(ours, theirs, noting).merge(conflicts::add);
        if (!conflicts.isEmpty()) {
            if (merge.has(Merge.Option.KEEP_CONFLICTS)) {
                states.begin(target, unfinished(job, ours), decisions);
            }
            return Optional.of(Done.unmoved(new MergeOutcome.Conflicted(conflicts)));
        }
        requireFitting(ours, merged);
        if (merge.has(Merge.Option.NO_COMMIT)) {
            vetting.ask(new Vetting.Joining(target, job.source(), ours, theirs, null, merged.root()));
            checkpoint.keepChunks();
            return stage(target, unfinished(job, ours).staging(merged.root()), merged.root());
        }
        return commit(job, ours, merged);
    }

    /// Refuses a result whose documents do not fit the types that it has: each side's own did.
    private void requireFitting(Hash ours, Catalog merged) {
        BranchState before = storage.stateAt(ours, 0);
        Spaces spaces = Spaces.of(storage.nodes(), storage.roots(), merged);
        fitting.checkMoved(before, BranchState.of(ours, before.committedCatalog(), spaces, 0));
    }

    private Optional<Done> commit(Job job, Hash ours, Catalog merged) {
        boolean squash = job.merge().has(Merge.Option.SQUASH);
        List<Hash> parents = squash ? List.of(ours) : List.of(ours, job.theirs());
        CommitMessage message =
                job.merge().message().orElseGet(() -> CommitMessage.of(title(job.source(), job.target(), squash)));
        Hash commit = storage.history().write(versions.prepare(merged.root(), parents, message));
        Vetting.Joining joining =
                new Vetting.Joining(job.target(), job.source(), ours, job.theirs(), commit, merged.root());
        return move(joining, List.of(commit), storage.note("merge", job.words()));
    }

    /// The first line of the message of a merge.
    public static String title(String source, LiveBranch target, boolean squash) {
        return (squash ? "Squash " : "Merge ") + source + " into " + target.name();
    }

    private Unfinished unfinished(Job job, Hash ours) {
        long now = storage.clock().millis();
        return new Unfinished(
                job.source(), ours, job.theirs(), now, job.target().createdAt(), null, job.merge());
    }

    /// Whether a merge only moves the branch forward.
    boolean isForward(Hash ours, Hash theirs, Merge merge) {
        return merge.fastForward() != Merge.FastForward.NEVER
                && !merge.has(Merge.Option.SQUASH)
                && storage.history().isAncestor(ours, theirs);
    }

    /// Refuses a merge that its own words forbid.
    void requireAllowed(String source, Hash ours, Hash theirs, String target, Merge merge) {
        if (merge.fastForward() == Merge.FastForward.ONLY && !storage.history().isAncestor(ours, theirs)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.NOT_FAST_FORWARD,
                            "Branch '" + target + "' has commits that '" + source + "' has not, so moving it "
                                    + "forward would lose them: allow a merge commit, or rebase first")
                    .with("branch", target)
                    .with("source", source);
        }
        if (!merge.has(Merge.Option.ALLOW_UNRELATED)
                && storage.history().mergeBases(ours, theirs).isEmpty()) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.UNRELATED_HISTORIES,
                            "'" + source + "' and '" + target + "' have no common ancestor: allow unrelated "
                                    + "histories to merge them all the same, or copy the data")
                    .with("branch", target)
                    .with("source", source);
        }
    }

    /// What works a merge of two commits out.
    public ThreeWay threeWay(Hash ours, Hash theirs, Merge merge) {
        return threeWay(new Sides.OfCommits(storage.history(), storage.nodes(), ours, theirs), merge);
    }

    /// What works a merge out.
    ThreeWay threeWay(Sides sides, Merge merge) {
        return policies.threeWay(sides, merge.rules(), merge.resolver());
    }

    /// Moves the branch if hooks agree and it then still is at a commit, without changes of its own.
    ///
    /// @param made the commits that are not durable yet
    private Optional<Done> move(Vetting.Joining joining, List<Hash> made, Note why) {
        LiveBranch target = joining.branch();
        Hash to = Objects.requireNonNull(joining.result());
        vetting.ask(joining);
        vetting.ask(new Vetting.Move(target, "merge", joining.ours(), to, made, List.of(joining.theirs())));
        if (!made.isEmpty()) {
            checkpoint.keepChunks();
        }
        BranchState state = storage.stateAt(to, 0);
        LogRecord record = new LogRecord.Moved(target.name(), to, new LogRecord.Working.Committed(), why);
        return moveIfAt(target, joining.ours(), record, state)
                ? Optional.of(new Done(new MergeOutcome.Merged(versions.describe(to)), joining, made))
                : Optional.empty();
    }

    /// Makes the merged content the working state, if the branch still is where it was.
    private Optional<Done> stage(LiveBranch target, Unfinished merge, Hash content) {
        states.begin(target, merge, List.of());
        BranchState at = storage.stateAt(merge.ours(), 0);
        Spaces spaces = Spaces.load(storage.nodes(), storage.roots(), content);
        BranchState state = BranchState.of(merge.ours(), at.committedCatalog(), spaces, 0);
        LogRecord record = new LogRecord.Moved(
                target.name(),
                merge.ours(),
                new LogRecord.Working.Replaced(content),
                MergeStates.note(merge, storage.author()));
        return moveIfAt(target, merge.ours(), record, state)
                ? Optional.of(Done.unmoved(new MergeOutcome.Uncommitted(versions.describe(merge.theirs()))))
                : Optional.empty();
    }

    /// A commit that is being made would be put on top of what is moved to, with the parent it had before; so it is
    /// waited for.
    private static boolean moveIfAt(LiveBranch target, Hash from, LogRecord record, BranchState to) {
        target.folding().lock();
        try {
            return target.changeIf(newest -> newest.isAt(from), record, newest -> newest.movedTo(to));
        } finally {
            target.folding().unlock();
        }
    }

    /// Takes the merged content out of the working state again.
    ///
    /// @param anyway whether also what was changed since goes
    public void unstage(LiveBranch target, Unfinished merge, Hash content, boolean anyway) {
        target.settle();
        checkpoint.fold(target);
        BranchState state = storage.stateAt(merge.ours(), 0);
        LogRecord record = new LogRecord.Moved(
                target.name(),
                merge.ours(),
                new LogRecord.Working.Committed(),
                storage.note("merge", merge.source() + ": aborted"));
        boolean done = storage.roots().writing(() -> {
            target.folding().lock();
            try {
                return target.changeIf(
                        newest -> newest.commit().equals(merge.ours())
                                && (anyway
                                        || (!newest.hasUnfolded()
                                                && newest.foldedSpaces().root().equals(content))),
                        record,
                        newest -> newest.movedTo(state));
            } finally {
                target.folding().unlock();
            }
        });
        if (!done) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.WORKING_STATE_CHANGED,
                            "The working state of '" + target.name() + "' was changed since the merge: commit it, or "
                                    + "abort anyway, which discards these changes too")
                    .with("branch", target.name());
        }
    }
}
