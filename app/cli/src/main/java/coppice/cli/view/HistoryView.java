package coppice.cli.view;

import coppice.api.BranchInfo;
import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.Database;
import coppice.api.LogQuery;
import coppice.cli.render.CommitGraph;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// History as a graph: commits newest first, each before its parents, with the branches that stand at them.
public final class HistoryView {
    private HistoryView() {}

    /// The lines of the graph.
    ///
    /// @param commits what to draw, each before its parents
    /// @param limit draws at most so many
    public static List<Text> lines(Database db, Iterable<Commit> commits, int limit) {
        Map<CommitId, List<String>> heads = heads(db);
        List<CommitGraph.Node> nodes = new ArrayList<>();
        for (Commit commit : commits) {
            if (nodes.size() == limit) {
                break;
            }
            nodes.add(new CommitGraph.Node(
                    commit.id().hex(),
                    commit.parents().stream().map(CommitId::hex).toList(),
                    label(commit, heads.getOrDefault(commit.id(), List.of()))));
        }
        return CommitGraph.draw(nodes);
    }

    /// The names of the branches at each commit that has any.
    public static Map<CommitId, List<String>> heads(Database db) {
        Map<CommitId, List<String>> heads = new HashMap<>();
        for (BranchInfo branch : db.branches()) {
            heads.computeIfAbsent(branch.head().id(), fresh -> new ArrayList<>())
                    .add(branch.name());
        }
        return heads;
    }

    /// The commits of all branches, each before its parents.
    public static List<Commit> everything(Database db) {
        List<String> branches = db.branches().stream().map(BranchInfo::name).toList();
        List<Commit> all = new ArrayList<>();
        db.history().log(LogQuery.ofAll(branches)).forEach(all::add);
        return all;
    }

    private static Text label(Commit commit, List<String> branches) {
        Text label = Text.of(commit.id().abbreviated(), Style.YELLOW).plus(" ");
        for (String branch : branches) {
            label = label.plus("[" + branch + "]", Style.CYAN).plus(" ");
        }
        return label.plus(Shown.title(commit)).plus("  " + Shown.time(commit) + "  " + commit.author(), Style.DIM);
    }
}
