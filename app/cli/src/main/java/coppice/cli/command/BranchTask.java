package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.BranchInfo;
import coppice.api.Database;
import coppice.api.Divergence;
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

    @Option(
            names = "--delete",
            paramLabel = "NAME",
            description = "Remove this branch, if other refs reach its commits and it has no uncommitted changes.")
    private Optional<String> delete = Optional.empty();

    @Option(
            names = {"-D", "--force-delete"},
            paramLabel = "NAME",
            description = "Remove this branch whatever it has.")
    private Optional<String> forceDelete = Optional.empty();

    @Option(
            names = {"-m", "--rename"},
            description = "Give the branch NAME the new name REF.")
    private boolean rename;

    @Option(
            names = {"-c", "--copy"},
            description = "Make a branch REF that is like NAME, uncommitted changes included.")
    private boolean copy;

    @Option(
            names = "--against",
            paramLabel = "REF",
            description = "List how far each is ahead of and behind this ref; else the current branch.")
    private Optional<String> against = Optional.empty();

    /// People who come from git write -d and mean a branch.
    @Override
    String missing() {
        return "-d names a database, and coppice branch --delete NAME removes a branch";
    }

    @Override
    int run(Database db) {
        if (delete.isPresent()) {
            db.deleteBranch(delete.get());
            done("removed the branch " + delete.get(), Json.object("removed", delete.get()));
        } else if (forceDelete.isPresent()) {
            db.forceDeleteBranch(forceDelete.get());
            done(
                    "removed the branch " + forceDelete.get() + "; coppice undo brings it back",
                    Json.object("removed", forceDelete.get()));
        } else if (rename) {
            made(
                    db.renameBranch(name.orElse(branchName()), newName()),
                    "the branch " + name.orElse(branchName()) + " is now " + newName());
        } else if (copy) {
            made(
                    db.copyBranch(name.orElse(branchName()), newName()),
                    "the branch " + newName() + " is like " + name.orElse(branchName()));
        } else if (name.isPresent()) {
            Branch made = db.branch(name.get(), at.map(this::ref).orElse(branchName()));
            made(
                    made,
                    "the branch " + made.name() + " begins at "
                            + Shown.commit(made.head()).plain());
        } else {
            list(db);
        }
        return OK;
    }

    private void made(Branch branch, String words) {
        done(
                words,
                Json.object("branch", branch.name(), "head", branch.head().id().hex()));
    }

    private String newName() {
        return at.orElseThrow(() -> Failure.usage("two names are needed: coppice branch --rename OLD NEW"));
    }

    private void list(Database db) {
        Table table = new Table()
                .words("")
                .words("branch")
                .words("commit")
                .words("")
                .words("")
                .words("title");
        String other = against.map(this::ref).orElse(branchName());
        for (BranchInfo branch : db.branches()) {
            Divergence divergence = db.divergence(branch.name(), other);
            if (isJson()) {
                json(document(branch, divergence));
            }
            table.row(
                    Text.of(branch.isCurrent() ? "*" : ""),
                    Text.of(branch.name(), branch.isCurrent() ? Style.GREEN : Style.CYAN),
                    Text.of(branch.head().id().abbreviated(), Style.YELLOW),
                    Text.of(branch.name().equals(other) ? "" : shown(divergence)),
                    branch.hasChanges() ? Text.of("uncommitted changes", Style.RED) : Text.EMPTY,
                    Shown.title(branch.head()));
        }
        if (!isJson()) {
            screen().table(table);
        }
    }

    private static String shown(Divergence divergence) {
        return "+" + divergence.ahead() + " -" + divergence.behind();
    }

    private static Json.Obj document(BranchInfo branch, Divergence divergence) {
        return Json.object(
                "branch", branch.name(),
                "head", branch.head().id().hex(),
                "uncommitted", branch.hasChanges(),
                "current", branch.isCurrent(),
                "ahead", divergence.ahead(),
                "behind", divergence.behind());
    }
}
