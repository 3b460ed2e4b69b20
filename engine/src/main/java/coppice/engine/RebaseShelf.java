package coppice.engine;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.RebaseStep.Action;
import coppice.engine.edit.RebaseFormat;
import coppice.engine.edit.RebaseState;
import coppice.engine.edit.RebaseState.Step;
import coppice.engine.edit.RebaseState.Stop;
import coppice.engine.log.Note;
import coppice.engine.state.BranchState;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Commit;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.RefValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Remembers rebases that stopped: the state among the [Settings], a pin that keeps the commits it needs, and the
/// branch to edit on. The setting decides; what a crash left to do for the other two is done when it is read again.
final class RebaseShelf {
    private static final String AREA = "rebase";
    private static final int PINNED_MAX = Commit.PARENTS_MAX;

    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Branches branches;
    private final Settings settings;
    private final Replaying replaying;

    RebaseShelf(Storage storage, Checkpoint checkpoint, Branches branches, Settings settings, Replaying replaying) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.branches = branches;
        this.settings = settings;
        this.replaying = replaying;
    }

    /// The name of the branch on which a commit is edited while a branch is rebased.
    static String editBranch(LiveBranch branch) {
        return "rebase/" + branch.name();
    }

    private static String pin(LiveBranch branch) {
        return RefNames.PINS + "rebase/" + branch.name();
    }

    private Note note(String text) {
        return storage.note("rebase", text);
    }

    /// Refuses what cannot be followed.
    void check(LiveBranch branch, RebaseState state) {
        boolean beginsWithPart = state.steps().stream()
                .filter(step -> step.action() != Action.DROP)
                .findFirst()
                .map(Step::isPart)
                .orElse(false);
        if (beginsWithPart) {
            throw invalid("The plan begins with a squash or fixup, and there is no step before it: pick that commit");
        }
        if (state.steps().stream().anyMatch(step -> step.action() == Action.EDIT)) {
            requireFree(branch);
        }
        kept(state);
    }

    private void requireFree(LiveBranch branch) {
        if (branches.find(editBranch(branch)).isPresent()) {
            throw invalid("To edit a commit, the rebase needs the name '" + editBranch(branch)
                    + "' for a branch, and there is one: rename or delete that");
        }
    }

    private static DatabaseException invalid(String message) {
        return new DatabaseException.Incorrect(ErrorCode.INVALID_PLAN, message);
    }

    /// What is remembered of a branch.
    Optional<RebaseState> find(LiveBranch branch) {
        Optional<RebaseState> found =
                settings.find(AREA, branch.name()).map(bytes -> RebaseFormat.decode(branch.name(), bytes));
        found.ifPresent(state -> settleEditing(branch, state));
        return found;
    }

    /// Remembers a state: durable, with all it needs, when this returns.
    RebaseState put(LiveBranch branch, RebaseState state) {
        if (state.stop() == Stop.EDIT) {
            requireFree(branch); // that of an earlier step is gone by now
        }
        Hash keeper = writeKeeper(state);
        checkpoint.keepChunks();
        Note note = note("under way");
        branches.place(pin(branch), RefValue.pointer(keeper, 0, note.millis()), note, _ -> {});
        settings.put(AREA, branch.name(), RebaseFormat.encode(state));
        settleEditing(branch, state);
        return state;
    }

    /// Forgets what is remembered, if something is.
    void remove(LiveBranch branch, RebaseState state) {
        if (settings.find(AREA, branch.name()).isPresent()) {
            removeEditing(branch, state);
            settings.remove(AREA, branch.name());
            branches.remove(pin(branch), note("over"), _ -> {});
        }
    }

    private void settleEditing(LiveBranch branch, RebaseState state) {
        if (state.stop() != Stop.EDIT) {
            removeEditing(branch, state);
        } else if (branches.find(editBranch(branch)).isEmpty()) {
            branches.create(editBranch(branch), state.top(), null, note("to edit"));
        }
    }

    private void removeEditing(LiveBranch branch, RebaseState state) {
        if (state.edits() && branches.find(editBranch(branch)).isPresent()) {
            branches.delete(editBranch(branch), note("edited"));
        }
    }

    /// The commit that was edited, with what is uncommitted as a part of it.
    Hash edited(LiveBranch branch) {
        LiveBranch edit = branches.require(editBranch(branch));
        edit.settle();
        BranchState state = checkpoint.fold(edit);
        Hash root = state.foldedSpaces().root();
        if (root.equals(state.committedCatalog())) {
            return state.commit();
        }
        Commit commit = replaying.read(state.commit());
        return replaying.write(commit, root, commit.parents(), commit.message());
    }

    /// A commit below which is everything that going on needs.
    private Hash writeKeeper(RebaseState state) {
        Hash catalog = replaying.read(state.top()).catalog();
        long now = storage.clock().millis();
        return storage.history().commit(CommitDraft.of(catalog, kept(state), storage.author(), now, "rebase"));
    }

    /// The commits that going on needs, without those that others of them reach.
    private List<Hash> kept(RebaseState state) {
        List<Hash> kept = new ArrayList<>(List.of(state.top()));
        add(kept, state.original());
        state.steps().reversed().forEach(step -> add(kept, step.commit()));
        if (kept.size() > PINNED_MAX) {
            throw invalid("The plan has commits from more than " + (PINNED_MAX - 2)
                    + " histories besides that of the branch: rebase in several parts");
        }
        return kept;
    }

    private void add(List<Hash> kept, Hash commit) {
        if (kept.stream().noneMatch(head -> storage.history().isAncestor(commit, head))) {
            kept.add(commit);
        }
    }
}
