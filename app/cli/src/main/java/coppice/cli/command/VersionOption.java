package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.Transaction;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/// The option of a command that writes: to make what it writes a version in the same step.
final class VersionOption {
    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "Commit in the same step, with all that is uncommitted, and say what changed and why.")
    private Optional<String> message = Optional.empty();

    /// Writes, as one transaction.
    ///
    /// @return the version, when it is to be one
    Optional<Commit> write(Branch branch, Consumer<Transaction> writes) {
        if (message.isEmpty()) {
            branch.run(writes);
        }
        return message.map(text -> branch.commit(text, writes));
    }

    /// Makes a version, if there is to be one.
    Optional<Commit> commit(Branch branch) {
        return message.map(branch::commit);
    }

    /// What was done, for people.
    static String said(String done, Optional<Commit> version) {
        return done
                + version.map(commit -> ", committed as " + Shown.commit(commit).plain())
                        .orElse(", not yet committed: coppice commit -m MESSAGE");
    }

    /// What was done, for programs.
    static Json.Obj document(Json.Obj done, Optional<Commit> version) {
        return version.map(commit -> done.with("commit", Json.of(commit.id().hex())))
                .orElse(done);
    }
}
