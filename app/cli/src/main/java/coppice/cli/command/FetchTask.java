package coppice.cli.command;

import coppice.api.CommitId;
import coppice.api.Database;
import coppice.api.Fetch;
import coppice.api.FetchOutcome;
import coppice.api.RefUpdate;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Brings branches and tags of another database here.
final class FetchTask extends DatabaseTask {
    @Parameters(index = "0", paramLabel = "REMOTE", arity = "0..1", description = "From where; else origin.")
    private String remote = "origin";

    @Parameters(index = "1..*", paramLabel = "BRANCH", arity = "0..*", description = "Which branches; else all.")
    private List<String> branches = List.of();

    @Option(names = "--prune", description = "Forget branches that are no longer there.")
    private boolean prune;

    @Option(names = "--no-tags", description = "Without tags.")
    private boolean withoutTags;

    @Option(names = "--depth", paramLabel = "N", description = "At least so many generations where history is shallow.")
    private Optional<Long> depth = Optional.empty();

    @Option(names = "--unshallow", description = "All history.")
    private boolean whole;

    @Override
    int run(Database db) {
        Fetch fetch = Fetch.branches(branches.toArray(String[]::new));
        fetch = prune ? fetch.pruning() : fetch;
        fetch = withoutTags ? fetch.withoutTags() : fetch;
        fetch = depth.isPresent() ? fetch.depth(depth.get()) : fetch;
        fetch = whole ? fetch.whole() : fetch;
        FetchOutcome outcome;
        try (StageBar bar = bar()) {
            outcome = db.remotes().fetch(remote, fetch.telling(bar::moved));
        }
        if (isJson()) {
            json(document(outcome));
        } else {
            show(screen(), outcome);
        }
        return OK;
    }

    /// What a fetch did, as JSON.
    static Json.Obj document(FetchOutcome outcome) {
        List<Json> refs = new ArrayList<>();
        for (RefUpdate ref : outcome.refs()) {
            refs.add(Json.object(
                    "ref", ref.ref(),
                    "update", ref.kind().name().toLowerCase(Locale.ROOT),
                    "before", ref.before().map(CommitId::hex).orElse(null),
                    "after", ref.after().map(CommitId::hex).orElse(null)));
        }
        return Json.object("refs", new Json.Arr(refs), "traffic", Transfer.document(outcome.traffic()));
    }

    /// Lists what changed.
    static void show(Screen screen, FetchOutcome outcome) {
        Table table = new Table().words("").words("ref").words("from").words("to");
        for (RefUpdate ref : outcome.refs()) {
            if (ref.kind() != RefUpdate.Kind.UNCHANGED) {
                table.row(
                        Text.of(ref.kind().name().toLowerCase(Locale.ROOT)),
                        Text.of(ref.ref(), Style.CYAN),
                        Text.of(ref.before().map(CommitId::abbreviated).orElse("")),
                        Text.of(ref.after().map(CommitId::abbreviated).orElse(""), Style.YELLOW));
            }
        }
        if (!table.isEmpty()) {
            screen.table(table);
        }
        screen.line(outcome.isUpToDate() ? "nothing new" : Transfer.words(outcome.traffic()));
    }
}
