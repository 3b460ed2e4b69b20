package coppice.testing.simulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import coppice.api.Branch;
import coppice.api.BranchInfo;
import coppice.api.Commit;
import coppice.api.Conflict;
import coppice.api.ConflictQuery;
import coppice.api.Database;
import coppice.api.MergeInProgress;
import coppice.api.OpenConflicts;
import coppice.api.PickInProgress;
import coppice.api.RebaseProgress;
import coppice.api.StashEntry;
import coppice.api.StashInProgress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What waits on the branches of a database, besides what [Dump] shows; and what was put aside.
final class Waits {
    private static final int MANY = 1000;

    private Waits() {}

    /// Everything there is: branches, tags, what was put aside, what waits.
    static Map<String, String> all(Database db) {
        Map<String, String> all = new TreeMap<>();
        for (BranchInfo info : db.branches()) { // first, since looking may make or remove a branch to edit on
            add(all, info.name(), db.branch(info.name()));
        }
        for (StashEntry entry : db.main().stash().list()) {
            all.put("stash " + entry.index(), entry.commit().id().hex() + " of " + entry.branch());
        }
        all.putAll(Dump.of(db));
        return all;
    }

    private static void add(Map<String, String> all, String name, Branch branch) {
        branch.merging().ifPresent(merge -> all.put(name + ": merge", shown(merge)));
        branch.edits().picking().ifPresent(pick -> all.put(name + ": pick", shown(pick)));
        branch.edits().rebase().progress().ifPresent(rebase -> all.put(name + ": rebase", shown(rebase)));
        branch.stash().waiting().ifPresent(stash -> all.put(name + ": stash", shown(stash)));
        branch.conflicts().ifPresent(conflicts -> all.put(name + ": conflicts", shown(conflicts)));
    }

    private static String shown(MergeInProgress merge) {
        return "%s of %s into %s, %s"
                .formatted(
                        merge.source(),
                        merge.theirs().id(),
                        merge.ours().id(),
                        merge.isUncommitted() ? "not committed" : "kept");
    }

    private static String shown(PickInProgress pick) {
        return (pick.isRevert() ? "revert at " : "pick at ") + pick.at().map(Commit::id) + ", made "
                + pick.made().stream().map(Commit::title).toList() + ", then " + pick.remaining();
    }

    private static String shown(RebaseProgress rebase) {
        return rebase.reason().getClass().getSimpleName() + " over " + rebase.original() + " after "
                + rebase.reached().title() + ", then " + rebase.remaining();
    }

    private static String shown(StashInProgress stash) {
        return (stash.isPop() ? "pop of " : "apply of ") + stash.entry().index();
    }

    private static String shown(OpenConflicts conflicts) {
        List<Conflict> open = conflicts.conflicts(ConflictQuery.all(), MANY).conflicts();
        return conflicts.operation() + " " + conflicts.conflictCounts() + " open "
                + open.stream()
                        .map(conflict -> conflict.space() + "/" + new String(conflict.key(), ISO_8859_1))
                        .toList();
    }
}
