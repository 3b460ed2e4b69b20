package coppice.engine.version;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.engine.live.LiveBranch;
import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.engine.state.BranchState;
import coppice.engine.state.Spaces;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.kernel.bytes.Hash;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Moves branches by compare-and-set, to what was worked out beside other work. Nothing is folded meanwhile: a
/// commit that is being made has its parent already, and what it folds would be put in place of what the branch
/// moved to.
public final class Moving {
    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Versions versions;

    public Moving(Storage storage, Checkpoint checkpoint, Versions versions) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.versions = versions;
    }

    /// The latest commit of a branch that has no changes of its own.
    ///
    /// @param purpose what is to be done with it
    public Hash cleanHead(LiveBranch branch, String purpose) {
        branch.settle();
        checkpoint.fold(branch); // so that changes that cancel out leave nothing behind
        BranchState state = branch.shown();
        if (versions.hasChanges(branch)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.UNCOMMITTED_CHANGES,
                            "Branch '" + branch.name()
                                    + "' has uncommitted changes: commit, stash or discard them, then " + purpose)
                    .with("branch", branch.name());
        }
        return state.commit();
    }

    /// Moves a branch to a commit, whose chunks are durable, if it still is at another, without changes of its
    /// own.
    ///
    /// @return whether it was
    public boolean move(LiveBranch branch, Hash from, Hash to, Note why) {
        BranchState state = storage.stateAt(to, 0);
        LogRecord record = new LogRecord.Moved(branch.name(), to, new LogRecord.Working.Committed(), why);
        return change(branch, newest -> newest.isAt(from), record, newest -> newest.movedTo(state));
    }

    /// Puts another commit, whose chunks are durable, in place of a branch's latest if that still is the one; the
    /// working state stays.
    ///
    /// @return whether it was
    public boolean replaceCommit(LiveBranch branch, Hash from, Hash to, Note why) {
        return replaceCommit(branch, newest -> newest.commit().equals(from), to, why);
    }

    /// Puts another commit, whose chunks are durable, in place of a branch's latest under a condition; the working
    /// state stays.
    ///
    /// @return whether the condition held
    boolean replaceCommit(LiveBranch branch, Predicate<BranchState> condition, Hash to, Note why) {
        Hash catalog = storage.history().read(to).catalog();
        LogRecord record = new LogRecord.Moved(branch.name(), to, new LogRecord.Working.Kept(), why);
        return change(branch, condition, record, newest -> newest.committed(to, catalog));
    }

    /// Puts other content, whose chunks are durable, in place of a branch's working state if nothing has happened
    /// to it since a state of it.
    ///
    /// @return whether nothing had
    public boolean replaceWorking(LiveBranch branch, BranchState since, Spaces working, Note why) {
        LiveBranch.Step step = replacement(branch, since, working, why);
        return change(branch, newest -> newest.lsn() == since.lsn(), step.entry(), _ -> step.next());
    }

    /// What puts other content in place of a branch's working state.
    LiveBranch.Step replacement(LiveBranch branch, BranchState before, Spaces working, Note why) {
        BranchState state = BranchState.of(before.commit(), before.committedCatalog(), working, 0);
        LogRecord.Working replaced = new LogRecord.Working.Replaced(working.root());
        LogRecord record = new LogRecord.Moved(branch.name(), before.commit(), replaced, why);
        return new LiveBranch.Step(record, before.movedTo(state));
    }

    private static boolean change(
            LiveBranch branch, Predicate<BranchState> condition, LogRecord record, UnaryOperator<BranchState> change) {
        branch.folding().lock();
        try {
            return branch.changeIf(condition, record, change);
        } finally {
            branch.folding().unlock();
        }
    }
}
