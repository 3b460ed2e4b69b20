package coppice.engine.refs;

import static coppice.engine.live.RefNames.HEADS;
import static coppice.engine.live.RefNames.REMOTES;
import static coppice.engine.live.RefNames.TAGS;

import coppice.api.BranchInfo;
import coppice.api.Commit;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Divergence;
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
import coppice.engine.terms.Descriptions;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.version.Versions;
import coppice.engine.version.Vetting;
import coppice.engine.waiting.Waiting;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.CommitLog;
import coppice.kernel.history.History;
import coppice.kernel.history.Refs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What is done with branches as a whole: listed, compared, renamed, copied, removed.
public final class BranchList {
    private final Storage storage;
    private final Branches branches;
    private final Versions versions;
    private final Checkpoint checkpoint;
    private final CurrentBranch current;
    private final Waiting waiting;
    private final Vetting vetting;
    private final Placing placing;

    public BranchList(
            Storage storage,
            Branches branches,
            Versions versions,
            Checkpoint checkpoint,
            CurrentBranch current,
            Waiting waiting,
            Vetting vetting,
            Placing placing) {
        this.storage = storage;
        this.branches = branches;
        this.versions = versions;
        this.checkpoint = checkpoint;
        this.current = current;
        this.waiting = waiting;
        this.vetting = vetting;
        this.placing = placing;
    }

    /// All branches of the user, by name.
    public List<BranchInfo> all() {
        Map<Hash, Commit> read = new HashMap<>();
        List<BranchInfo> all = new ArrayList<>();
        for (Refs.Ref ref : branches.list(HEADS)) {
            String name = RefNames.shown(ref.name());
            if (!name.equals(RefNames.SYSTEM)) {
                Commit head = read.computeIfAbsent(ref.value().commit(), versions::describe);
                all.add(new BranchInfo(name, head, hasChanges(ref), name.equals(current.name())));
            }
        }
        return all;
    }

    /// A branch that is not in use is as the table says; one that is may have changes that cancel out.
    private boolean hasChanges(Refs.Ref ref) {
        return branches.inUse(ref.name())
                .filter(branch -> branch.lastShown().hasUnfolded())
                .map(versions::hasChanges)
                .orElse(ref.value().working() != null);
    }

    /// How many commits each of two has that the other has not; the cost is that of walking these.
    public Divergence divergence(Hash ref, Hash other) {
        return new Divergence(count(ref, other), count(other, ref));
    }

    private long count(Hash head, Hash excluded) {
        long count = 0;
        for (CommitLog log = storage.history().log(List.of(head), List.of(excluded)); log.next(); ) {
            count++;
        }
        return count;
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
            vetting.untilDone(name, () -> deleteIf(branch, _ -> true, note) ? Optional.of(branch) : Optional.empty());
            return;
        }
        long seen;
        do {
            branch.settle();
            seen = checkpoint.fold(branch).lsn();
            requireExpendable(branch);
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
    public boolean deleteIf(LiveBranch branch, Predicate<BranchState> condition, Note note) {
        requireLeft(branch.name());
        Hash asked = branch.newest().commit();
        placing.ask(RefNames.head(branch.name()), note, asked, null);
        Predicate<BranchState> unmoved =
                newest -> !vetting.asks() || newest.commit().equals(asked);
        boolean done = branches.deleteIf(branch.name(), unmoved.and(condition), note);
        if (done) {
            waiting.end(branch.name());
        }
        return done;
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

    private void requireExpendable(LiveBranch branch) {
        String name = branch.name();
        if (versions.hasChanges(branch)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.UNCOMMITTED_CHANGES,
                            "The branch '" + name + "' has uncommitted changes: commit or discard them, or delete it"
                                    + " by force")
                    .with("branch", name);
        }
        Hash head = branch.shown().commit();
        if (!isReachedElsewhere(RefNames.head(name), head)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.BRANCH_NOT_MERGED,
                            "No other branch, tag or remote reaches commit "
                                    + Descriptions.id(head).abbreviated() + " of branch '" + name
                                    + "': merge it, or delete it by force")
                    .with("branch", name);
        }
    }

    private boolean isReachedElsewhere(String ref, Hash head) {
        History history = storage.history();
        List<Hash> others = Stream.of(HEADS, TAGS, REMOTES)
                .flatMap(prefix -> branches.list(prefix).stream())
                .filter(other -> !other.name().equals(ref) && !other.name().equals(RefNames.head(RefNames.SYSTEM)))
                .map(other -> other.value().commit())
                .distinct()
                .toList();
        return others.contains(head) || others.stream().anyMatch(other -> history.isAncestor(head, other));
    }
}
