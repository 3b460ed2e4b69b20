package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.cli.source.ExportedRow;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/// Prints one value, byte for byte, and a line end after text.
final class GetTask extends ReadTask {
    @Parameters(paramLabel = "SPACE", description = "The space to look in.")
    private String space = "";

    @Parameters(paramLabel = "KEY", description = "The key to look for.")
    private String key = "";

    @Override
    int run(Database db) {
        Snapshot state = state(db);
        Optional<byte[]> value = space(state, space).get(key.getBytes(UTF_8));
        if (value.isEmpty()) {
            throw new Failure(
                    "there is no key '" + key + "' in " + space + "; see what there is: coppice scan " + space);
        }
        byte[] bytes = value.get();
        if (isJson()) {
            json(ExportedRow.of(Optional.empty(), key.getBytes(UTF_8), bytes));
            return OK;
        }
        shell().out().write(bytes, 0, bytes.length);
        shell().out().println();
        return OK;
    }
}
