package coppice.engine.edit;

import static coppice.engine.live.RefNames.HEADS;
import static coppice.engine.live.RefNames.TAGS;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.engine.live.Branches;
import coppice.engine.live.RefNames;
import coppice.engine.live.Reflog;
import coppice.engine.log.Note;
import coppice.engine.log.RefMove;
import coppice.engine.refs.Branching;
import coppice.engine.refs.Placing;
import coppice.engine.state.Roots;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Compaction;
import coppice.engine.waiting.ReplayShelf;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Takes back what was done to branches and tags, the newest first. What undoing does is in the reflog as well, and
/// says what it undid, so that the next undo goes on before that.
public final class Undoing {
    /// How far back each ref is looked at.
    private static final int DEPTH = 100;

    private final Storage storage;
    private final Branches branches;
    private final Compaction compaction;
    private final Placing placing;
    private final Branching branching;
    private final MovingBack movingBack;

    /// @param movingBack takes back moves of branches
    public Undoing(
            Storage storage,
            Branches branches,
            Compaction compaction,
            Placing placing,
            Branching branching,
            MovingBack movingBack) {
        this.storage = storage;
        this.branches = branches;
        this.compaction = compaction;
        this.placing = placing;
        this.branching = branching;
        this.movingBack = movingBack;
    }

    /// Takes back the last thing that was not taken back yet.
    public Reflog.Entry undo() {
        return compaction.keeping(this::last, Undoing::needed, this::undo);
    }

    /// What a ref goes back to.
    private static List<Roots.Root> needed(Reflog.Entry last) {
        List<Roots.Root> roots = new ArrayList<>();
        Hash commit = last.move().from();
        if (commit != null) {
            roots.add(new Roots.OfCommit(commit));
        }
        Hash working = last.move().working();
        if (working != null) {
            roots.add(new Roots.OfCatalog(working));
        }
        return roots;
    }

    private Reflog.Entry undo(Reflog.Entry last) {
        Note note =
                storage.note(Reflog.UNDO, last.lsn() + " " + last.move().note().action());
        if (!takeBack(last, note)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.CANNOT_UNDO,
                            "The last " + last.move().note().action() + " of '" + RefNames.shown(last.ref())
                                    + "' cannot be undone without losing what came later: commit, stash or discard"
                                    + " uncommitted changes first, or see its reflog and reset")
                    .with("ref", RefNames.shown(last.ref()));
        }
        return last;
    }

    private Reflog.Entry last() {
        List<Reflog.Entry> entries = new ArrayList<>();
        for (String ref : branches.reflog().refs()) {
            if (ref.startsWith(HEADS) || ref.startsWith(TAGS)) {
                entries.addAll(entries(ref));
            }
        }
        entries.sort(Comparator.comparingLong(Reflog.Entry::lsn).reversed());
        Set<Long> undone = new HashSet<>();
        for (Reflog.Entry entry : entries) {
            Note note = entry.move().note();
            if (note.action().equals(Reflog.UNDO)) {
                undone.add(Long.valueOf(note.text().substring(0, note.text().indexOf(' '))));
            } else if (!undone.contains(entry.lsn())) {
                return entry;
            }
        }
        throw new DatabaseException.Incorrect(ErrorCode.CANNOT_UNDO, "There is nothing to undo");
    }

    /// The latest entries of a ref. A branch that a rebase made to edit on is the rebase's own: its making and its
    /// end are not taken back, nor what happened on it once it is gone.
    private List<Reflog.Entry> entries(String ref) {
        List<Reflog.Entry> entries = new ArrayList<>();
        boolean[] isGone = {false};
        int[] left = {DEPTH};
        branches.visitMoves(ref, (lsn, move) -> {
            if (ReplayShelf.isOfEditing(ref, move)) {
                isGone[0] = move.to() == null;
            } else if (!isGone[0]) {
                entries.add(new Reflog.Entry(ref, lsn, move));
            }
            return --left[0] > 0;
        });
        return entries;
    }

    private boolean takeBack(Reflog.Entry last, Note note) {
        String ref = last.ref();
        RefMove move = last.move();
        if (move.note().action().equals(Reflog.RENAME)) {
            return renameBack(ref, move, note);
        }
        if (move.to() == null) {
            return restore(ref, move, note);
        }
        if (move.from() == null) {
            return remove(ref, move, note);
        }
        return branches.find(RefNames.shown(ref))
                .filter(branch -> movingBack.move(branch, last, note))
                .isPresent();
    }

    private boolean renameBack(String ref, RefMove move, Note note) {
        String before = move.note().text();
        if (branches.ref(ref).isEmpty() || branches.ref(RefNames.head(before)).isPresent()) {
            return false;
        }
        branching.rename(RefNames.shown(ref), before, note);
        return true;
    }

    private boolean restore(String ref, RefMove move, Note note) {
        Hash commit = Objects.requireNonNull(move.from());
        if (branches.ref(ref).isPresent()) {
            return false;
        }
        if (ref.startsWith(HEADS)) {
            placing.create(RefNames.shown(ref), commit, move.working(), note);
        } else {
            placing.place(ref, RefValue.tag(commit, move.tag(), 0, note.millis()), note, _ -> {});
        }
        return true;
    }

    private boolean remove(String ref, RefMove move, Note note) {
        if (ref.startsWith(TAGS)) {
            placing.remove(ref, note, _ -> {});
            return true;
        }
        Hash made = Objects.requireNonNull(move.to());
        return branches.find(RefNames.shown(ref))
                .filter(branch -> branching.unmake(branch, made, note))
                .isPresent();
    }
}
