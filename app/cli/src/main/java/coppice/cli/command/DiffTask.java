package coppice.cli.command;

import coppice.api.Change;
import coppice.api.Database;
import coppice.cli.render.Screen;
import coppice.cli.source.ExportedRow;
import coppice.cli.view.DiffView;
import coppice.cli.view.Tally;
import coppice.json.Json;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows what changed from one state to another.
final class DiffTask extends DatabaseTask {
    @Parameters(
            index = "0",
            paramLabel = "FROM",
            arity = "0..1",
            description = "The earlier state, or A..B for both; without it, the uncommitted changes are shown.")
    private Optional<String> from = Optional.empty();

    @Parameters(index = "1", paramLabel = "TO", arity = "0..1", description = "The later state; else the branch's.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--space", paramLabel = "NAME", description = "Only this space.")
    private Optional<String> space = Optional.empty();

    @Option(names = "--stat", description = "Only how many keys changed in each space.")
    private boolean stat;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "Show up to so many added, removed and changed keys of each space; else 20 on a terminal and all "
                            + "in a pipe.")
    private Optional<Integer> limit = Optional.empty();

    @Override
    int run(Database db) {
        Iterable<Change> all =
                from.isPresent() ? between(db, from.get()) : branch(db).changes();
        Iterable<Change> changes = space.isPresent() ? only(all, space.get()) : all;
        Screen screen = screen();
        if (isJson()) {
            changes.forEach(change -> json(document(change)));
        } else if (stat) {
            Map<String, Tally> tallies = new TreeMap<>();
            changes.forEach(change -> tallies.computeIfAbsent(change.space(), fresh -> new Tally())
                    .add(change));
            DiffView.summary(screen, tallies);
        } else {
            int most = limit.orElse(screen.look().live() ? 20 : Integer.MAX_VALUE);
            Map<String, Tally> tallies =
                    new DiffView(screen, most, screen.look().live()).show(changes);
            Tally sum = new Tally();
            tallies.values().forEach(sum::add);
            screen.line(sum.text());
        }
        return OK;
    }

    private Iterable<Change> between(Database db, String first) {
        int dots = to.isEmpty() ? first.indexOf("..") : -1;
        return dots < 0
                ? db.diff(first, to.orElse(branchName()))
                : db.diff(first.substring(0, dots), first.substring(dots + 2));
    }

    private static Iterable<Change> only(Iterable<Change> changes, String space) {
        return () -> {
            Iterator<Change> kept = StreamSupport.stream(changes.spliterator(), false)
                    .filter(change -> change.space().equals(space))
                    .iterator();
            return kept;
        };
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
