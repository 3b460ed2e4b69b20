package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Commit;
import coppice.api.Database;
import coppice.cli.source.InputException;
import coppice.json.Json;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Sets one value, and makes that a version if it is to be one.
final class PutTask extends DatabaseTask {
    @Parameters(paramLabel = "SPACE", description = "The space to write to; it need not exist.")
    private String space = "";

    @Parameters(paramLabel = "KEY", description = "The key to set.")
    private String key = "";

    @Parameters(paramLabel = "VALUE", description = "Its value, any text; - for what comes from standard input.")
    private String value = "";

    @Mixin
    private final VersionOption option = new VersionOption();

    @Override
    boolean mayCreate() {
        return true;
    }

    @Override
    int run(Database db) {
        byte[] content = content();
        Optional<Commit> version =
                option.write(branch(db), tx -> tx.space(space).put(key.getBytes(UTF_8), content));
        done(
                VersionOption.said("put " + space + " " + key + " on " + branchName(), version),
                VersionOption.document(Json.object("branch", branchName(), "space", space, "key", key), version));
        return OK;
    }

    private byte[] content() {
        if (!value.equals("-")) {
            return value.getBytes(UTF_8);
        }
        try {
            return shell().in().readAllBytes();
        } catch (IOException failure) {
            throw new Failure("standard input cannot be read: " + InputException.reason(failure), failure);
        }
    }
}
