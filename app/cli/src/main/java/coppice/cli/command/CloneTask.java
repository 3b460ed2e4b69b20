package coppice.cli.command;

import coppice.api.CloneOptions;
import coppice.api.Commit;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Fetch;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a database of another one or of a bundle, with its history.
final class CloneTask extends ReportingTask {
    @Parameters(index = "0", paramLabel = "FROM", description = "A database's directory, or a bundle.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "An empty or a new directory.")
    private String to = "";

    @Option(names = "--depth", paramLabel = "N", description = "Only so many generations of history.")
    private Optional<Long> depth = Optional.empty();

    @Override
    public Integer call() {
        String source = shell().directory().resolve(from).toString();
        String place = shell().directory().resolve(to).toString();
        try (Database db = copy(source, place)) {
            Commit head = db.main().head();
            done(
                    "cloned " + from + " into " + to + ", main at "
                            + Shown.commit(head).plain(),
                    Json.object("database", to, "from", from, "head", head.id().hex()));
        }
        return OK;
    }

    private Database copy(String source, String place) {
        try (StageBar bar = bar()) {
            Fetch fetch = Fetch.all().telling(bar::moved);
            return Coppice.clone(
                    source, place, CloneOptions.defaults().with(depth.isPresent() ? fetch.depth(depth.get()) : fetch));
        }
    }
}
