package coppice.engine.refs;

import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.engine.live.Branches;
import coppice.engine.live.CurrentBranch;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.RefNames;
import coppice.engine.live.Reflog;
import coppice.engine.log.Note;
import coppice.engine.state.BranchState;
import coppice.engine.state.Roots;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.waiting.Waiting;
import coppice.kernel.bytes.Hash;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Renames, copies and removes branches, with all that goes by their names.
public final class Branching {
    private final Storage storage;
    private final Branches branches;
    private final Checkpoint checkpoint;
    private final CurrentBranch current;
    private final Waiting waiting;
    private final Placing placing;
    private final BranchList list;

    public Branching(
            Storage storage,
            Branches branches,
            Checkpoint checkpoint,
            CurrentBranch current,
            Waiting waiting,
            Placing placing,
            BranchList list) {
        this.storage = storage;
        this.branches = branches;
        this.checkpoint = checkpoint;
        this.current = current;
        this.waiting = waiting;
        this.placing = placing;
        this.list = list;
    }

    /// Gives a branch another name, and says so in its reflog.
    public void rename(String from, String to) {
        requireOrdinary(from, "renamed");
        rename(from, to, storage.note(Reflog.RENAME, from));
    }

    /// Gives a branch another name, and takes along all that goes by its name. A crash leaves it with the one or with
    /// the other.
    public void rename(String from, String to, Note note) {
        branches.require(from);
        branches.requireFree(to);
        placing.rename(from, to, note, asked -> {
            waiting.copy(from, to);
            return current.follow(
                    from,
                    to,
                    () -> branches.rename(
                            from, to, note, state -> state.commit().equals(asked)));
        });
        waiting.replays().renameEditing(from, to);
        waiting.end(from);
    }

    /// Makes a branch with the commit and the working state of another; what waits on that is not taken along.
    public void copy(String from, String to) {
        LiveBranch branch = branches.require(from);
        storage.roots().writing(() -> {
            var state = checkpoint.fold(branch);
            checkpoint.keepChunks();
            Hash working = state.foldedSpaces().root();
            Hash own = working.equals(state.committedCatalog()) ? null : working;
            List<Roots.Root> kept = List.of(new Roots.OfCommit(state.commit()), new Roots.OfCatalog(working));
            Note note = storage.note("branch", "copied from " + from);
            RefNames.checkBranch(to);
            storage.roots().resting(kept, () -> placing.ask(RefNames.head(to), note, null, state.commit()));
            return branches.create(to, state.commit(), own, note);
        });
    }

    /// Removes a branch.
    ///
    /// @param force also if it has what no other ref reaches
    /// @throws DatabaseException when it is `main` or the current one, or what it has would be lost
    public void delete(String name, boolean force) {
        LiveBranch branch = branches.require(name);
        requireOrdinary(name, "deleted");
        requireLeft(name);
        Note note = storage.note("delete", "");
        if (force) {
            placing.untilDone(name, () -> deleteIf(branch, _ -> true, note) ? Optional.of(branch) : Optional.empty());
            return;
        }
        long seen;
        do {
            branch.settle();
            seen = checkpoint.fold(branch).lsn();
            list.requireExpendable(branch);
        } while (!deleteIf(branch, new Unwritten(seen), note));
    }

    /// Whether nothing was written since a position.
    private record Unwritten(long lsn) implements Predicate<BranchState> {
        @Override
        public boolean test(BranchState state) {
            return state.lsn() == lsn;
        }
    }

    /// Deletes a branch that is not the current one, and what waits on it, if its newest state meets a condition.
    ///
    /// @return whether it did
    boolean deleteIf(LiveBranch branch, Predicate<BranchState> condition, Note note) {
        requireLeft(branch.name());
        boolean done = placing.deleteIf(branch, condition, note);
        if (done) {
            waiting.end(branch.name());
        }
        return done;
    }

    /// Takes back that a branch was made: removes it if it is where it was then, and has no changes.
    ///
    /// @return whether it did
    public boolean unmake(LiveBranch branch, Hash made, Note note) {
        branch.settle();
        checkpoint.fold(branch); // so that changes that cancel out leave nothing behind
        return deleteIf(branch, newest -> newest.isAt(made), note);
    }

    private void requireLeft(String name) {
        if (name.equals(current.name())) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.BRANCH_PROTECTED,
                            "The branch '" + name + "' is the current one: switch to another, then delete it")
                    .with("branch", name);
        }
    }

    private static void requireOrdinary(String name, String what) {
        if (name.equals(Database.MAIN)) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.BRANCH_PROTECTED, "The branch 'main' cannot be " + what + ": every database has one");
        }
    }
}
