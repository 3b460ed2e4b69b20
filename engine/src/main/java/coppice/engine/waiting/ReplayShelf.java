package coppice.engine.waiting;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.engine.live.Branches;
import coppice.engine.live.CurrentBranch;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.RefNames;
import coppice.engine.live.Reflog;
import coppice.engine.live.Settings;
import coppice.engine.log.Note;
import coppice.engine.log.RefMove;
import coppice.engine.state.BranchState;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.waiting.Replay.Action;
import coppice.engine.waiting.Replay.Step;
import coppice.engine.waiting.Replay.Stop;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Commit;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.RefValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Remembers replays that stopped, at most one for each branch: the state among the [Settings], a pin that keeps the
/// commits it needs, and the branch to edit on. The setting decides; what a crash left to do for the other two is done
/// when it is read again.
public final class ReplayShelf {
    /// The area of the settings: from branch to the replay that waits on it.
    public static final String AREA = "replay";
    private static final String PINS = RefNames.PINS + "replay/";
    private static final int PINNED_MAX = Commit.PARENTS_MAX;

    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Branches branches;
    private final Settings settings;
    private final Decisions decisions;
    private final CurrentBranch current;

    ReplayShelf(
            Storage storage,
            Checkpoint checkpoint,
            Branches branches,
            Settings settings,
            Decisions decisions,
            CurrentBranch current) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.branches = branches;
        this.settings = settings;
        this.decisions = decisions;
        this.current = current;
    }

    /// The name of the branch on which a commit is edited while a branch is rebased.
    public static String editBranch(String branch) {
        return "rebase/" + branch;
    }

    /// Whether a rebase moved the branch to edit on: made it, removed it, or took it along to a new name.
    public static boolean isOfEditing(String ref, RefMove move) {
        Note note = move.note();
        boolean isMade = move.from() == null || move.to() == null;
        return ref.startsWith(RefNames.head(editBranch("")))
                && ((isMade && note.action().equals(Replay.Kind.REBASE.word()))
                        || (note.action().equals(Reflog.RENAME) && note.text().startsWith(editBranch(""))));
    }

    private static String pin(String branch) {
        return PINS + branch;
    }

    private Note note(Replay state, String text) {
        return storage.note(state.terms().kind().word(), text);
    }

    /// Refuses what cannot be followed.
    public void check(LiveBranch branch, Replay state) {
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
        if (branches.find(editBranch(branch.name())).isPresent()) {
            throw invalid("To edit a commit, the rebase needs the name '" + editBranch(branch.name())
                    + "' for a branch, and there is one: rename or delete that");
        }
    }

    private static DatabaseException invalid(String message) {
        return new DatabaseException.Incorrect(ErrorCode.INVALID_PLAN, message);
    }

    /// What is remembered of a branch, unless a crash came between the branch's move and forgetting it.
    public Optional<Replay> find(LiveBranch branch) {
        Optional<Replay> found = settings.find(AREA, branch.name())
                .map(bytes -> ReplayFormat.decode(branch.name(), bytes))
                .filter(state -> state.terms().branchMadeAt() == branch.createdAt())
                .filter(state -> !isOver(state, branch.shown().commit()));
        found.ifPresent(state -> settleEditing(branch, state));
        return found;
    }

    /// Whether nothing is left to do: the branch is where all steps led, or has been.
    public boolean isOver(Replay state, Hash head) {
        if (!state.isWorkedOut() || !storage.history().isAncestor(state.reached(), head)) {
            return false;
        }
        return !state.isRebase()
                || state.reached().equals(state.original())
                || !storage.history().isAncestor(state.original(), head);
    }

    /// The names of branches of which something is left, also of such as are not there.
    Set<String> names() {
        Set<String> names = new TreeSet<>(settings.all(AREA).keySet());
        branches.list(PINS).forEach(pin -> names.add(pin.name().substring(PINS.length())));
        return names;
    }

    /// Completes the renaming of a branch that a crash broke off: the branch to edit on follows it.
    ///
    /// @param gone a name of which something is left and that no branch has
    void followRenamed(String gone) {
        settings.find(AREA, gone)
                .ifPresent(bytes -> settings.all(AREA).forEach((name, state) -> {
                    if (!name.equals(gone)
                            && Arrays.equals(state, bytes)
                            && branches.find(name).isPresent()
                            && branches.find(editBranch(name)).isEmpty()) {
                        renameEditing(gone, name);
                    }
                }));
    }

    /// Remembers a state and what was decided of the step at which it stopped, and no other decisions: durable, with
    /// all it needs, when this returns.
    public void put(LiveBranch branch, Replay state, List<Decision> decided) {
        if (state.stop() == Stop.EDIT) {
            requireFree(branch); // that of an earlier step is gone by now
        }
        Hash keeper = writeKeeper(state);
        checkpoint.keepChunks();
        place(branch.name(), state, keeper);
        decisions.with(AREA, branch.name(), Optional.of(ReplayFormat.encode(state)), decided);
        settleEditing(branch, state);
    }

    private void place(String branch, Replay state, Hash keeper) {
        Note note = note(state, "under way");
        branches.place(pin(branch), RefValue.pointer(keeper, 0, note.millis()), note, _ -> {});
    }

    /// Forgets what is remembered of a branch, if something is.
    public void end(String branch) {
        settings.find(AREA, branch).ifPresent(bytes -> {
            removeEditing(branch, ReplayFormat.decode(branch, bytes));
            decisions.with(AREA, branch, Optional.empty(), List.of());
        });
        branches.remove(pin(branch), storage.note("replay", "over"), _ -> {});
    }

    /// Remembers what is remembered of a branch also for the name that it is about to get.
    void copy(String from, String to) {
        settings.find(AREA, from)
                .ifPresent(bytes -> branches.ref(pin(from)).ifPresent(pin -> {
                    place(to, ReplayFormat.decode(to, bytes), pin.commit());
                    settings.put(AREA, to, bytes);
                }));
    }

    /// Gives the branch to edit on the name that goes with a branch's new one.
    public void renameEditing(String from, String to) {
        boolean edits = settings.find(AREA, to)
                .map(bytes -> ReplayFormat.decode(to, bytes))
                .filter(state -> state.stop() == Stop.EDIT)
                .isPresent();
        if (edits && branches.find(editBranch(from)).isPresent()) {
            Note note = storage.note(Reflog.RENAME, editBranch(from));
            current.follow(
                    editBranch(from),
                    editBranch(to),
                    () -> branches.rename(editBranch(from), editBranch(to), note, _ -> true));
        }
    }

    private void settleEditing(LiveBranch branch, Replay state) {
        String edit = editBranch(branch.name());
        if (state.stop() != Stop.EDIT) {
            removeEditing(branch.name(), state);
        } else if (branches.find(edit).isEmpty()) {
            branches.create(edit, state.top(), null, note(state, "to edit"));
        }
    }

    private void removeEditing(String branch, Replay state) {
        if (state.edits() && branches.find(editBranch(branch)).isPresent()) {
            current.leave(editBranch(branch), branch);
            branches.delete(editBranch(branch), note(state, "edited"));
        }
    }

    /// Where the branch to edit on is by now, folded.
    public BranchState editState(LiveBranch branch) {
        LiveBranch edit = branches.require(editBranch(branch.name()));
        edit.settle();
        return checkpoint.fold(edit);
    }

    /// A commit below which is everything that going on needs.
    private Hash writeKeeper(Replay state) {
        Hash catalog = storage.history().read(state.top()).catalog();
        long now = storage.clock().millis();
        return storage.history()
                .commit(CommitDraft.of(
                        catalog,
                        kept(state),
                        storage.author(),
                        now,
                        state.terms().kind().word()));
    }

    /// The commits that going on needs, without those that others of them reach.
    private List<Hash> kept(Replay state) {
        List<Hash> kept = new ArrayList<>(List.of(state.top()));
        add(kept, state.original());
        state.steps().reversed().forEach(step -> add(kept, step.commit()));
        if (kept.size() > PINNED_MAX) {
            throw invalid("There are commits from more than " + (PINNED_MAX - 2)
                    + " histories besides that of the branch: do it in several parts");
        }
        return kept;
    }

    private void add(List<Hash> kept, Hash commit) {
        if (kept.stream().noneMatch(head -> storage.history().isAncestor(commit, head))) {
            kept.add(commit);
        }
    }
}
