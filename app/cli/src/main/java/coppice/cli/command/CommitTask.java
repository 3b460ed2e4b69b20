package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.Database;
import coppice.cli.view.Shown;
import coppice.cli.view.Tally;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Makes a branch's working state its next version.
final class CommitTask extends DatabaseTask {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "What changed and why.")
    private Optional<String> message = Optional.empty();

    @Option(names = "--author", paramLabel = "NAME", description = "Who made the change; else the system's user.")
    private Optional<String> author = Optional.empty();

    @Option(names = "--meta", paramLabel = "NAME=VALUE", description = "A further fact; may be given many times.")
    private Map<String, String> metadata = new TreeMap<>();

    @Option(names = "--amend", description = "Replace the latest commit, keeping its message unless -m gives another.")
    private boolean amend;

    @Option(
            names = "--sign",
            paramLabel = "FILE",
            description = "Sign with the Ed25519 key pair in this file; coppice" + " tag --new-key FILE makes one.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--allow-empty", description = "Commit even when nothing changed.")
    private boolean allowEmpty;

    @Option(names = "--no-verify", description = "Do not ask the hooks pre-commit and pre-merge.")
    private boolean noVerify;

    @Override
    void checkUsage() {
        if (message.isEmpty() && !amend) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "a commit needs --message: coppice commit -m MESSAGE");
        }
    }

    @Override
    boolean isVerifying() {
        return !noVerify;
    }

    @Override
    int run(Database db) {
        Branch branch = branch(db);
        if (!branch.hasChanges() && !allowEmpty && !amend) {
            throw new Failure(
                    "nothing changed on " + branchName() + " since its last commit; --allow-empty commits anyway");
        }
        Tally tally = Tally.of(branch.changes());
        CommitMessage text = described(message.orElseGet(() -> branch.head().message()));
        Commit commit = amend ? branch.amend(text) : branch.commit(text);
        result(Shown.commit(commit).plus("  ").plus(tally.text()), LogTask.document(commit));
        return OK;
    }

    private CommitMessage described(String text) {
        CommitMessage described = CommitMessage.of(text);
        described = author.isPresent() ? described.by(author.get()) : described;
        described = key.isPresent() ? described.signed(KeyFile.read(shell(), key.get())) : described;
        for (var fact : metadata.entrySet()) {
            described = described.with(fact.getKey(), fact.getValue());
        }
        return described;
    }
}
