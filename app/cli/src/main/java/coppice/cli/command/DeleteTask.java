package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Batch;
import coppice.api.Branch;
import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.cli.render.Amounts;
import coppice.json.Json;
import java.util.List;
import picocli.CommandLine.Parameters;

/// Removes keys, all of them or none.
final class DeleteTask extends DatabaseTask {
    @Parameters(index = "0", paramLabel = "SPACE", description = "The space to remove from.")
    private String space = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY", description = "The keys to remove.")
    private List<String> keys = List.of();

    @Override
    int run(Database db) {
        Branch branch = branch(db);
        Snapshot state = branch.snapshot();
        Batch batch = new Batch();
        for (String key : keys) {
            if (!state.space(space).contains(key.getBytes(UTF_8))) {
                throw new Failure("there is no key '" + key + "' in " + space + "; nothing was removed");
            }
            batch.delete(key.getBytes(UTF_8));
        }
        branch.space(space).apply(batch);
        done(
                "removed " + Amounts.count(batch.size(), "key") + " from " + space + " on " + branchName()
                        + ", not yet committed: coppice commit -m MESSAGE",
                Json.object("branch", branchName(), "space", space, "removed", batch.size()));
        return OK;
    }
}
