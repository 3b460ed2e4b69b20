package coppice.engine;

import coppice.api.Merge;
import coppice.engine.log.Note;
import coppice.engine.log.RefMove;
import coppice.engine.merge.Decision;
import coppice.engine.merge.Unfinished;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The merges that are not finished, at most one for each branch: settings, and a pin for each that keeps the
/// merged commit from being swept away.
///
/// A merge that waits for decisions is over when its branch has the merged commit. One whose content is the working
/// state is over when its branch was moved since, in whatever way: the newest entry of its reflog is then another.
/// So nobody who moves a branch has to know of merges, and a crash between a move and the end of a merge does no
/// harm.
final class MergeStates {
    /// What the reflog says when a branch gets another name.
    static final String RENAME = "rename";

    private static final String MERGES = "merging";
    private static final String DECISIONS = "merging decisions";
    private static final String PINS = RefNames.PINS + "merge/";

    private final Storage storage;
    private final Settings settings;
    private final Branches branches;

    MergeStates(Storage storage, Settings settings, Branches branches) {
        this.storage = storage;
        this.settings = settings;
        this.branches = branches;
    }

    /// The unfinished merge of a branch.
    Optional<Unfinished> find(LiveBranch branch) {
        return settings.find(MERGES, branch.name())
                .map(bytes -> Unfinished.decode(branch.name(), bytes))
                .filter(merge -> isOpen(merge, branch));
    }

    private boolean isOpen(Unfinished merge, LiveBranch branch) {
        if (merge.branchMadeAt() != branch.createdAt()) {
            return false;
        }
        if (!merge.isStaged()) {
            return !storage.history()
                    .isAncestor(merge.theirs(), branch.lastShown().commit());
        }
        return latestMove(branch.name())
                .filter(move -> {
                    Note note = move.note();
                    return note.equals(note(merge, note.who()));
                })
                .isPresent();
    }

    /// What moved a branch last; that it got another name is no move.
    private Optional<RefMove> latestMove(String branch) {
        List<RefMove> found = new ArrayList<>();
        branches.reflog().visit(RefNames.head(branch), Long.MAX_VALUE, (_, move) -> {
            if (!move.note().action().equals(RENAME)) {
                found.add(move);
            }
            return found.isEmpty();
        });
        return found.stream().findFirst();
    }

    /// Takes the merge of a branch along to its new name.
    void rename(String from, LiveBranch to) {
        settings.find(MERGES, from).ifPresent(bytes -> {
            Unfinished merge = Unfinished.decode(to.name(), bytes);
            List<Decision> decisions = List.copyOf(decisions(from).values());
            begin(to, merge);
            decide(to, decisions);
            end(from);
        });
    }

    /// What the reflog says when the merged content becomes the working state.
    static Note note(Unfinished merge, String who) {
        return new Note(who, merge.begunAt(), "merge", merge.source() + ": not committed");
    }

    /// The other parent that the next commit of a branch has, because its working state is merged content.
    ///
    /// @param head the commit that it is made on
    Optional<Hash> otherParent(LiveBranch branch, Hash head) {
        return find(branch)
                .filter(merge -> merge.isStaged()
                        && merge.ours().equals(head)
                        && !merge.merge().has(Merge.Option.SQUASH))
                .map(Unfinished::theirs);
    }

    /// Keeps a merge, in place of one that is over.
    void begin(LiveBranch branch, Unfinished merge) {
        end(branch.name());
        Note note = storage.note("merge", merge.source());
        branches.place(pin(branch.name()), RefValue.pointer(merge.theirs(), 0, merge.begunAt()), note, _ -> {});
        settings.put(MERGES, branch.name(), merge.encode());
    }

    /// Forgets the merge of a branch, if there is one.
    void end(String branch) {
        settings.remove(MERGES, branch);
        Map<String, Optional<byte[]>> gone = new LinkedHashMap<>();
        settings.all(DECISIONS, branch + '\0').keySet().forEach(key -> gone.put(key, Optional.empty()));
        settings.putAll(DECISIONS, gone);
        branches.remove(pin(branch), storage.note("merge", "over"), _ -> {});
    }

    private static String pin(String branch) {
        return PINS + branch;
    }

    /// What was decided, by [Decision#name].
    Map<Hash, Decision> decisions(LiveBranch branch) {
        return decisions(branch.name());
    }

    private Map<Hash, Decision> decisions(String branch) {
        Map<Hash, Decision> decisions = new LinkedHashMap<>();
        settings.all(DECISIONS, branch + '\0').values().forEach(bytes -> {
            Decision decision = Decision.decode(bytes);
            decisions.put(Decision.name(decision.space(), decision.key()), decision);
        });
        return decisions;
    }

    /// Keeps decisions, all at once.
    void decide(LiveBranch branch, List<Decision> decisions) {
        Map<String, Optional<byte[]>> entries = new LinkedHashMap<>();
        decisions.forEach(decision ->
                entries.put(entry(branch, decision.space(), decision.key()), Optional.of(decision.encode())));
        settings.putAll(DECISIONS, entries);
    }

    /// Forgets a decision.
    ///
    /// @return whether there was one
    boolean undecide(LiveBranch branch, String space, byte[] key) {
        String entry = entry(branch, space, key);
        boolean found = settings.find(DECISIONS, entry).isPresent();
        settings.remove(DECISIONS, entry);
        return found;
    }

    private static String entry(LiveBranch branch, String space, byte[] key) {
        return branch.name() + '\0' + Decision.name(space, key);
    }
}
