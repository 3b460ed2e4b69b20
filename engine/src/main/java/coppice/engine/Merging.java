package coppice.engine;

import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.engine.state.BranchState;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.tree.Resolution;
import java.util.List;
import java.util.Optional;

/// Merges commits into branches. A merge is worked out beside everything else; it takes effect only if the branch
/// is then still where it was, else it is worked out again.
final class Merging {
    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Versions versions;

    Merging(Storage storage, Checkpoint checkpoint, Versions versions) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.versions = versions;
    }

    /// Merges a commit into a branch.
    ///
    /// @param source what the commit was called
    MergeOutcome merge(String source, Hash theirs, LiveBranch target, Merge merge) {
        while (true) {
            target.settle();
            checkpoint.fold(target); // so that changes that cancel out leave nothing behind
            BranchState state = target.shown();
            requireClean(target);
            Hash ours = state.commit();
            if (storage.history().isAncestor(theirs, ours)) {
                return new MergeOutcome.UpToDate(versions.describe(ours));
            }
            Optional<MergeOutcome> outcome =
                    storage.roots().writing(() -> attempt(source, ours, theirs, target, merge));
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
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

    private Optional<MergeOutcome> attempt(String source, Hash ours, Hash theirs, LiveBranch target, Merge merge) {
        if (merge.fastForward() && storage.history().isAncestor(ours, theirs)) {
            return move(target, ours, theirs, storage.note("merge", source + ": fast-forward"));
        }
        if (storage.history().mergeBases(ours, theirs).isEmpty()) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.UNRELATED_HISTORIES,
                    "'" + source + "' and '" + target.name() + "' have no common ancestor: copy the data instead");
        }
        Deciding deciding = new Deciding(merge.resolver());
        Catalog merged = catalog(ours)
                .merge(
                        storage.history().mergeBase(ours, theirs, (space, conflict) -> new Resolution.Unresolved()),
                        catalog(theirs),
                        deciding)
                .catalog();
        if (!deciding.unresolved().isEmpty()) {
            return Optional.of(new MergeOutcome.Conflicted(deciding.unresolved()));
        }
        CommitMessage message =
                merge.message().orElseGet(() -> CommitMessage.of("Merge " + source + " into " + target.name()));
        Hash commit = storage.history().write(versions.prepare(merged.root(), List.of(ours, theirs), message));
        checkpoint.keepChunks();
        return move(target, ours, commit, storage.note("merge", source));
    }

    /// Moves the branch if it still is at a commit, without changes of its own.
    private Optional<MergeOutcome> move(LiveBranch target, Hash from, Hash to, Note why) {
        BranchState state = storage.stateAt(to, 0);
        LogRecord record = new LogRecord.Moved(target.name(), to, new LogRecord.Working.Committed(), why);
        boolean moved = target.changeIf(newest -> newest.isAt(from), record, newest -> newest.movedTo(state));
        return moved ? Optional.of(new MergeOutcome.Merged(versions.describe(to))) : Optional.empty();
    }

    private Catalog catalog(Hash commit) {
        return Catalog.load(storage.nodes(), storage.history().read(commit).catalog());
    }
}
