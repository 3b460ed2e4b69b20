package coppice.cli.command;

import coppice.api.Database;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints how many keys a range holds, without reading them.
final class CountTask extends ReadTask {
    @Parameters(paramLabel = "SPACE", description = "The space to count in.")
    private String space = "";

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Only keys that begin with this.")
    private Optional<String> prefix = Optional.empty();

    @Option(names = "--from", paramLabel = "KEY", description = "From this key on.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "KEY", description = "Up to this key, itself not included.")
    private Optional<String> to = Optional.empty();

    @Override
    int run(Database db) {
        long count = space(state(db), space).count(range(prefix, from, to, false));
        result(Text.of(Long.toString(count)), Json.object("space", space, "count", count));
        return OK;
    }
}
