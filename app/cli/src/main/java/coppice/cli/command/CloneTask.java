package coppice.cli.command;

import coppice.api.CloneOptions;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Fetch;
import coppice.cli.view.Shown;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a database of another one or of a bundle, with its history.
final class CloneTask extends Task {
    @Parameters(index = "0", paramLabel = "FROM", description = "A database's directory, or a bundle.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "An empty or a new directory.")
    private String to = "";

    @Option(names = "--depth", paramLabel = "N", description = "Only so many generations of history.")
    private Optional<Long> depth = Optional.empty();

    @Override
    public Integer call() {
        Fetch fetch = Fetch.all().telling(new Transfer(shell())::moved);
        CloneOptions options = CloneOptions.defaults().with(depth.isPresent() ? fetch.depth(depth.get()) : fetch);
        String source = shell().directory().resolve(from).toString();
        try (Database db = Coppice.clone(source, shell().directory().resolve(to).toString(), options)) {
            note("cloned " + from + " into " + to + ", main at "
                    + Shown.commit(db.main().head()).plain());
        }
        return OK;
    }
}
