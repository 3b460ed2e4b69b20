package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Commit;
import coppice.api.Database;
import coppice.api.Transaction;
import coppice.cli.render.Amounts;
import coppice.json.Json;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Removes keys, all of them or none.
final class DeleteTask extends DatabaseTask {
    @Parameters(index = "0", paramLabel = "SPACE", description = "The space to remove from.")
    private String space = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY", description = "The keys to remove.")
    private List<String> keys = List.of();

    @Mixin
    private final VersionOption option = new VersionOption();

    @Override
    int run(Database db) {
        Optional<Commit> version = option.write(branch(db), this::remove);
        done(
                VersionOption.said(
                        "removed " + Amounts.count(keys.size(), "key") + " from " + space + " on " + branchName(),
                        version),
                VersionOption.document(
                        Json.object("branch", branchName(), "space", space, "removed", keys.size()), version));
        return OK;
    }

    private void remove(Transaction tx) {
        for (String key : keys) {
            if (!tx.space(space).contains(key.getBytes(UTF_8))) {
                throw new Failure("there is no key '" + key + "' in " + space + "; nothing was removed");
            }
        }
        keys.forEach(key -> tx.space(space).delete(key.getBytes(UTF_8)));
    }
}
