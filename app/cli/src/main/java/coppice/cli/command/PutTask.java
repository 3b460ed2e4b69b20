package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;
import coppice.json.Json;
import java.io.IOException;
import picocli.CommandLine.Parameters;

/// Sets one value.
final class PutTask extends DatabaseTask {
    @Parameters(paramLabel = "SPACE", description = "The space to write to; it need not exist.")
    private String space = "";

    @Parameters(paramLabel = "KEY", description = "The key to set.")
    private String key = "";

    @Parameters(paramLabel = "VALUE", description = "Its value, any text; - for what comes from standard input.")
    private String value = "";

    @Override
    boolean mayCreate() {
        return true;
    }

    @Override
    int run(Database db) {
        branch(db).space(space).put(key.getBytes(UTF_8), content());
        done(
                "put " + space + " " + key + " on " + branchName() + ", not yet committed: coppice commit -m MESSAGE",
                Json.object("branch", branchName(), "space", space, "key", key));
        return OK;
    }

    private byte[] content() {
        if (!value.equals("-")) {
            return value.getBytes(UTF_8);
        }
        try {
            return shell().in().readAllBytes();
        } catch (IOException failure) {
            throw new Failure("standard input cannot be read: " + failure.getMessage(), failure);
        }
    }
}
