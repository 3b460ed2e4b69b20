package coppice.engine.waiting;

import coppice.api.Merge;
import coppice.engine.live.Branches;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.RefNames;
import coppice.engine.live.Settings;
import coppice.engine.log.Note;
import coppice.engine.log.RefMove;
import coppice.engine.storage.Storage;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The merges that are not finished, at most one for each branch: settings, and a pin for each that keeps the
/// merged commit from being swept away.
///
/// A merge that waits for decisions is over when its branch has the merged commit or, for the sake of one that is
/// squashed, when the newest entry of its reflog says that it was gone on with. One whose content is the working
/// state is over when its branch was moved since, in whatever way: the newest entry of its reflog is then another.
/// So nobody who moves a branch has to know of merges, and a crash between a move and the end of a merge does no
/// harm.
public final class MergeStates {
    private static final String WORD = "merge";

    /// The area of the settings: from branch to the merge that waits on it.
    public static final String AREA = "merging";
    private static final String PINS = RefNames.PINS + "merge/";

    private final Storage storage;
    private final Settings settings;
    private final Branches branches;
    private final Decisions decisions;

    MergeStates(Storage storage, Settings settings, Branches branches, Decisions decisions) {
        this.storage = storage;
        this.settings = settings;
        this.branches = branches;
        this.decisions = decisions;
    }

    /// The unfinished merge of a branch.
    public Optional<Unfinished> find(LiveBranch branch) {
        return settings.find(AREA, branch.name())
                .map(bytes -> Unfinished.decode(branch.name(), bytes))
                .filter(merge -> isOpen(merge, branch));
    }

    private boolean isOpen(Unfinished merge, LiveBranch branch) {
        if (merge.branchMadeAt() != branch.createdAt()) {
            return false;
        }
        Optional<Note> latest =
                branches.reflog().latest(RefNames.head(branch.name())).map(RefMove::note);
        if (merge.isStaged()) {
            return latest.filter(note -> note.equals(note(merge, note.who()))).isPresent();
        }
        return latest.filter(note -> note.action().equals(WORD) && note.text().equals(words(merge)))
                        .isEmpty()
                && !storage.history()
                        .isAncestor(merge.theirs(), branch.lastShown().commit());
    }

    /// Whether an unfinished merge is known by this move of its branch.
    public static boolean goesBy(Settings settings, String ref, RefMove move) {
        return move.note().action().equals(WORD)
                && ref.startsWith(RefNames.HEADS)
                && settings.find(AREA, RefNames.shown(ref))
                        .map(bytes -> Unfinished.decode(RefNames.shown(ref), bytes))
                        .filter(merge -> merge.isStaged()
                                && move.note().equals(note(merge, move.note().who())))
                        .isPresent();
    }

    /// What the reflog says when the merged content becomes the working state.
    public static Note note(Unfinished merge, String who) {
        return new Note(who, merge.begunAt(), WORD, merge.source() + ": not committed");
    }

    /// What the reflog says when a merge that waited is gone on with: of this one, and of none that begins later, which
    /// begins at another commit.
    public static String words(Unfinished merge) {
        return merge.source() + ": begun at " + merge.ours().toString().substring(0, 12);
    }

    /// The other parent that the next commit of a branch has, because its working state is merged content.
    ///
    /// @param head the commit that it is made on
    public Optional<Hash> otherParent(LiveBranch branch, Hash head) {
        return find(branch)
                .filter(merge -> merge.isStaged()
                        && merge.ours().equals(head)
                        && !merge.merge().has(Merge.Option.SQUASH))
                .map(Unfinished::theirs);
    }

    /// Keeps a merge, and what is decided of it, in place of one that is over.
    public void begin(LiveBranch branch, Unfinished merge, List<Decision> decided) {
        place(branch.name(), merge);
        decisions.with(AREA, branch.name(), Optional.of(merge.encode()), decided);
    }

    private void place(String branch, Unfinished merge) {
        Note note = storage.note(WORD, merge.source());
        branches.place(pin(branch), RefValue.pointer(merge.theirs(), 0, merge.begunAt()), note, _ -> {});
    }

    /// Keeps the merge of a branch also for the name that it is about to get.
    void copy(String from, String to) {
        settings.find(AREA, from).ifPresent(bytes -> {
            place(to, Unfinished.decode(to, bytes));
            settings.put(AREA, to, bytes);
        });
    }

    /// Forgets the merge of a branch, if there is one.
    public void end(String branch) {
        if (settings.find(AREA, branch).isPresent()) {
            decisions.with(AREA, branch, Optional.empty(), List.of());
        }
        branches.remove(pin(branch), storage.note(WORD, "over"), _ -> {});
    }

    /// The names of branches of whose merges something is left, also of such as are not there.
    Set<String> names() {
        Set<String> names = new TreeSet<>(settings.all(AREA).keySet());
        branches.list(PINS).forEach(pin -> names.add(pin.name().substring(PINS.length())));
        return names;
    }

    /// The ref that keeps the merged commit.
    public static String pin(String branch) {
        return PINS + branch;
    }
}
