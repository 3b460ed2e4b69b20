package coppice.cli.command;

import coppice.api.CommitId;
import coppice.api.Database;
import coppice.api.ReflogEntry;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows where a branch or tag has been.
final class ReflogTask extends DatabaseTask {
    @Parameters(paramLabel = "REF", arity = "0..1", description = "A branch, or tags/NAME; else the branch of -b.")
    private Optional<String> ref = Optional.empty();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many.")
    private int limit = Integer.MAX_VALUE;

    @Override
    int run(Database db) {
        Table table = new Table()
                .words("")
                .words("commit")
                .words("when")
                .words("what")
                .words("");
        String name = ref.orElse(branchName());
        int shown = 0;
        int own = 0;
        Optional<ReflogEntry> later = Optional.empty();
        for (ReflogEntry entry : db.reflog(name)) {
            if (shown++ == limit) {
                break;
            }
            if (isJson()) {
                json(document(entry));
            }
            boolean isOwn = later.isEmpty() || leadsOn(entry, later.get());
            later = isOwn ? Optional.of(entry) : later;
            table.row(
                    isOwn ? Text.of(name + "@{" + own++ + "}", Style.CYAN) : Text.of("(earlier)", Style.DIM),
                    Text.of(entry.after().map(CommitId::abbreviated).orElse("(gone)"), Style.YELLOW),
                    Text.of(Shown.time(entry.time()), Style.DIM),
                    Text.of(entry.action()),
                    Text.of(entry.text()));
        }
        if (table.isEmpty() && limit > 0) {
            String at = db.resolve(name).id().abbreviated(); // which says so where there is no such ref
            if (!isJson()) {
                note(name + " has been at " + at + " only");
            }
        } else if (!isJson()) {
            screen().table(table);
        }
        return OK;
    }

    /// Whether an entry is of the same branch as a later one; else one that had the name before left it.
    private static boolean leadsOn(ReflogEntry entry, ReflogEntry later) {
        return later.before().isPresent() && later.before().equals(entry.after());
    }

    /// An entry as JSON.
    static Json.Obj document(ReflogEntry entry) {
        return Json.object(
                "ref", entry.ref(),
                "time", entry.time().toString(),
                "who", entry.who(),
                "action", entry.action(),
                "text", entry.text(),
                "before", id(entry.before()),
                "after", id(entry.after()));
    }

    private static Json id(Optional<CommitId> commit) {
        return commit.<Json>map(id -> Json.of(id.hex())).orElse(Json.Null.VALUE);
    }
}
