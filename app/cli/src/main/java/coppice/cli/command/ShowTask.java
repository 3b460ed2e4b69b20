package coppice.cli.command;

import coppice.api.ChangeCount;
import coppice.api.Commit;
import coppice.api.CommitDetails;
import coppice.api.CommitId;
import coppice.api.Database;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.view.DiffView;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows a commit and what it changed.
final class ShowTask extends DatabaseTask {
    private static final int ON_A_TERMINAL = 20;

    @Parameters(paramLabel = "REF", arity = "0..1", description = "The commit; else the branch's latest.")
    private Optional<String> ref = Optional.empty();

    @Option(names = "--stat", description = "Only how many keys changed in each space.")
    private boolean stat;

    @Override
    int run(Database db) {
        CommitDetails details = db.history().show(ref.map(this::ref).orElse(branchName()));
        if (isJson()) {
            json(LogTask.document(details.commit()));
            if (stat) {
                details.counts().forEach(count -> json(document(count)));
            } else {
                db.history().diff(details.changes()).forEach(change -> json(DiffTask.document(change)));
            }
            return OK;
        }
        Screen screen = screen();
        describe(screen, details.commit());
        if (stat) {
            details.counts()
                    .forEach(count -> screen.line("  " + count.space() + "  +" + count.added() + " -" + count.removed()
                            + " ~" + count.modified()));
        } else {
            boolean live = screen.look().live();
            new DiffView(screen, live ? ON_A_TERMINAL : Integer.MAX_VALUE, live)
                    .show(db.history().diff(details.changes()));
        }
        return OK;
    }

    private static void describe(Screen screen, Commit commit) {
        screen.line(Text.of("commit " + commit.id().hex(), Style.YELLOW));
        if (!commit.parents().isEmpty()) {
            screen.line("parents    "
                    + commit.parents().stream().map(CommitId::abbreviated).collect(Collectors.joining(" ")));
        }
        screen.line("author     " + commit.author() + "  " + Shown.time(commit.authored()));
        if (!commit.committer().equals(commit.author()) || !commit.time().equals(commit.authored())) {
            screen.line("committer  " + commit.committer() + "  " + Shown.time(commit.time()));
        }
        if (commit.isSigned()) {
            screen.line("signed     check with: coppice tag --verify KEYFILE "
                    + commit.id().abbreviated());
        }
        new TreeMap<>(commit.metadata()).forEach((name, value) -> screen.line(name + ": " + value));
        screen.blank();
        commit.message().lines().forEach(line -> screen.line("    " + line));
        screen.blank();
    }

    /// How many keys of a space changed, as JSON.
    static Json.Obj document(ChangeCount count) {
        return Json.object(
                "space", count.space(),
                "added", count.added(),
                "removed", count.removed(),
                "modified", count.modified());
    }
}
