package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.BranchInfo;
import coppice.api.Database;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists, makes and removes branches.
final class BranchTask extends DatabaseTask {
    @Parameters(
            index = "0",
            paramLabel = "NAME",
            arity = "0..1",
            description = "The branch to make; else all are listed.")
    private Optional<String> name = Optional.empty();

    @Parameters(index = "1", paramLabel = "REF", arity = "0..1", description = "Where it begins; else at main.")
    private Optional<String> at = Optional.empty();

    @Option(names = "--delete", paramLabel = "NAME", description = "Remove this branch and its uncommitted changes.")
    private Optional<String> delete = Optional.empty();

    @Option(names = "--json", description = "As JSON lines.")
    private boolean json;

    @Override
    int run(Database db) {
        if (delete.isPresent()) {
            db.forceDeleteBranch(delete.get());
            note("removed the branch " + delete.get());
        } else if (name.isPresent()) {
            Branch made = db.branch(name.get(), at.orElse(branchName()));
            note("the branch " + made.name() + " begins at "
                    + Shown.commit(made.head()).plain());
        } else {
            list(db);
        }
        return OK;
    }

    private void list(Database db) {
        Table table = new Table().words("branch").words("commit").words("").words("title");
        for (BranchInfo branch : db.branches()) {
            boolean changed = branch.hasChanges();
            if (json) {
                shell().out()
                        .println(Json.object(
                                        "branch",
                                        branch.name(),
                                        "head",
                                        branch.head().id().hex(),
                                        "uncommitted",
                                        changed)
                                .text());
            }
            table.row(
                    Text.of(branch.name(), Style.CYAN),
                    Text.of(branch.head().id().abbreviated(), Style.YELLOW),
                    changed ? Text.of("uncommitted changes", Style.RED) : Text.EMPTY,
                    Shown.title(branch.head()));
        }
        if (!json) {
            screen().table(table);
        }
    }
}
