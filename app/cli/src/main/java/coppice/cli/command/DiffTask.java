package coppice.cli.command;

import coppice.api.Change;
import coppice.api.ChangeCount;
import coppice.api.ChangePage;
import coppice.api.Database;
import coppice.api.DiffQuery;
import coppice.api.Version;
import coppice.cli.render.Screen;
import coppice.cli.source.ExportedRow;
import coppice.cli.view.DiffView;
import coppice.cli.view.Tally;
import coppice.json.Json;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows what changed from one state to another.
final class DiffTask extends DatabaseTask {
    @Parameters(
            index = "0",
            paramLabel = "FROM",
            arity = "0..1",
            description = "The earlier state, or A..B for both; without it, the branch's latest commit.")
    private Optional<String> from = Optional.empty();

    @Parameters(
            index = "1",
            paramLabel = "TO",
            arity = "0..1",
            description = "The later state; without it, the branch with its uncommitted changes.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--space", paramLabel = "NAME", description = "Only this space.")
    private Optional<String> space = Optional.empty();

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Only keys that begin with this.")
    private Optional<String> prefix = Optional.empty();

    @Option(names = "--from", paramLabel = "KEY", description = "Only from this key on.")
    private Optional<String> fromKey = Optional.empty();

    @Option(names = "--to", paramLabel = "KEY", description = "Only up to this key, itself not included.")
    private Optional<String> toKey = Optional.empty();

    @Option(names = "--stat", description = "Only how many keys changed in each space.")
    private boolean stat;

    @Option(
            names = "--page",
            paramLabel = "N",
            description = "Only the next N changes, and then how to go on: a token for --after.")
    private Optional<Integer> page = Optional.empty();

    @Option(names = "--after", paramLabel = "TOKEN", description = "Go on where a page ended.")
    private Optional<String> after = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "Show up to so many added, removed and changed keys of each space; else 20 on a terminal and all "
                            + "in a pipe.")
    private Optional<Integer> limit = Optional.empty();

    @Override
    int run(Database db) {
        DiffQuery query = query();
        if (stat) {
            count(db.history().count(query));
        } else if (page.isPresent()) {
            ChangePage changes = db.history().page(query, page.get());
            show(this, shown(), changes.changes());
            changes.token()
                    .ifPresent(token -> done("there is more: add --after " + token, Json.object("after", token)));
        } else {
            show(this, shown(), db.history().diff(query));
        }
        return OK;
    }

    private DiffQuery query() {
        String first = from.map(this::ref).orElse(branchName());
        int dots = to.isEmpty() ? first.indexOf("..") : -1;
        Version later = dots < 0
                ? to.map(this::ref).map(Version::of).orElseGet(() -> Version.working(branchName()))
                : Version.of(first.substring(dots + 2));
        DiffQuery query = DiffQuery.between(Version.of(dots < 0 ? first : first.substring(0, dots)), later)
                .keys(ReadTask.range(prefix, fromKey, toKey, false));
        query = space.isPresent() ? query.in(space.get()) : query;
        return after.isPresent() ? query.resume(after.get()) : query;
    }

    private int shown() {
        return limit.orElse(screen().look().live() ? 20 : Integer.MAX_VALUE);
    }

    /// Shows changes and how many there are.
    ///
    /// @param most how many of a kind are shown to people in each space
    static void show(ReportingTask task, int most, Iterable<Change> changes) {
        if (task.isJson()) {
            changes.forEach(change -> task.json(document(change)));
            return;
        }
        Screen screen = task.screen();
        Tally sum = new Tally();
        new DiffView(screen, most, screen.look().live()).show(changes).forEach(sum::add);
        screen.line(sum.text());
    }

    private void count(List<ChangeCount> counts) {
        if (isJson()) {
            counts.forEach(count -> json(ShowTask.document(count)));
        } else {
            DiffView.summary(screen(), counts);
        }
    }

    /// A change as JSON: what was and what is, each as an export would write it.
    static Json.Obj document(Change change) {
        return switch (change) {
            case Change.Added(String space, byte[] key, byte[] after) ->
                Json.object("change", "added", "after", ExportedRow.of(Optional.of(space), key, after));
            case Change.Removed(String space, byte[] key, byte[] before) ->
                Json.object("change", "removed", "before", ExportedRow.of(Optional.of(space), key, before));
            case Change.Modified(String space, byte[] key, byte[] before, byte[] after) ->
                Json.object(
                        "change",
                        "modified",
                        "before",
                        ExportedRow.of(Optional.of(space), key, before),
                        "after",
                        ExportedRow.of(Optional.of(space), key, after));
        };
    }
}
