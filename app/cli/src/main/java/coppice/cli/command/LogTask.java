package coppice.cli.command;

import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.Database;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.view.HistoryView;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists commits, newest first.
final class LogTask extends DatabaseTask {
    @Parameters(paramLabel = "REF", arity = "0..1", description = "Whose history; else the branch's.")
    private Optional<String> ref = Optional.empty();

    @Option(names = "--all", description = "The commits of all branches.")
    private boolean all;

    @Option(names = "--graph", description = "Draw how they follow from each other.")
    private boolean graph;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many.")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--json", description = "As JSON lines.")
    private boolean json;

    @Override
    int run(Database db) {
        Iterable<Commit> commits = all ? HistoryView.everything(db) : db.log(ref.orElse(branchName()));
        Screen screen = screen();
        if (graph && !json) {
            HistoryView.lines(db, commits, limit)
                    .forEach(line -> screen.line(screen.look().live() ? line.cut(screen.width()) : line));
            return OK;
        }
        int shown = 0;
        for (Commit commit : commits) {
            if (shown++ == limit) {
                break;
            }
            if (json) {
                shell().out().println(document(commit).text());
            } else {
                screen.line(Text.of(commit.id().abbreviated(), Style.YELLOW)
                        .plus("  " + Shown.time(commit) + "  ", Style.DIM)
                        .plus(commit.author() + "  ")
                        .plus(Shown.title(commit)));
            }
        }
        return OK;
    }

    /// A commit as JSON.
    static Json.Obj document(Commit commit) {
        Json.Obj metadata = Json.object();
        for (var fact : new java.util.TreeMap<>(commit.metadata()).entrySet()) {
            metadata = metadata.with(fact.getKey(), Json.of(fact.getValue()));
        }
        return Json.object(
                "id", commit.id().hex(),
                "parents",
                        Json.strings(
                                commit.parents().stream().map(CommitId::hex).toList()),
                "author", commit.author(),
                "committer", commit.committer(),
                "time", commit.time().toString(),
                "message", commit.message(),
                "generation", commit.generation(),
                "metadata", metadata);
    }
}
