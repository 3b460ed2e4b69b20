package coppice.cli.command;

import coppice.api.Bundles;
import coppice.api.CommitId;
import coppice.api.Database;
import coppice.cli.render.Amounts;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes branches and tags with their history into one file, or looks at such a file.
final class BundleTask extends DatabaseTask {
    private enum Step {
        create,
        show,
        verify
    }

    @Parameters(index = "0", paramLabel = "STEP", description = "create, show or verify.")
    private Step step = Step.show;

    @Parameters(index = "1", paramLabel = "FILE", description = "The bundle.")
    private String file = "";

    @Parameters(index = "2..*", paramLabel = "REF", arity = "0..*", description = "What to carry; else all.")
    private List<String> refs = List.of();

    @Option(
            names = "--since",
            paramLabel = "REF",
            description = "Leave out what this reaches; may be given many times.")
    private List<String> since = List.of();

    @Override
    int run(Database db) {
        Path path = shell().directory().resolve(file);
        Bundles.Summary summary = switch (step) {
            case create -> create(db, path);
            case show -> db.bundles().describe(path);
            case verify -> verify(db, path);
        };
        if (isJson()) {
            json(document(summary));
        } else {
            show(screen(), summary);
        }
        return OK;
    }

    private Bundles.Summary create(Database db, Path path) {
        try (StageBar bar = bar()) {
            List<String> without = since.stream().map(this::ref).toList();
            return db.bundles().write(path, new Bundles.Choice(refs, without, bar::moved));
        }
    }

    private Bundles.Summary verify(Database db, Path path) {
        try (StageBar bar = bar()) {
            return db.bundles().verify(path, bar);
        }
    }

    private static Json.Obj document(Bundles.Summary summary) {
        Json.Obj refs = Json.object();
        for (Bundles.BundledRef ref : summary.refs()) {
            refs = refs.with(ref.name(), Json.of(ref.commit().hex()));
        }
        return Json.object(
                "refs", refs,
                "prerequisites",
                        Json.strings(summary.prerequisites().stream()
                                .map(CommitId::hex)
                                .toList()),
                "commits", summary.commits(),
                "chunks", summary.chunks(),
                "bytes", summary.bytes());
    }

    private static void show(Screen screen, Bundles.Summary summary) {
        Table table = new Table().words("ref").words("commit");
        summary.refs()
                .forEach(ref -> table.row(
                        Text.of(ref.name(), Style.CYAN), Text.of(ref.commit().abbreviated(), Style.YELLOW)));
        screen.table(table);
        summary.prerequisites().forEach(commit -> screen.line("needs " + commit.abbreviated() + " and all before it"));
        screen.line(Amounts.count(summary.commits(), "commit") + ", " + Amounts.count(summary.chunks(), "chunk") + ", "
                + Amounts.bytes(summary.bytes()));
    }
}
