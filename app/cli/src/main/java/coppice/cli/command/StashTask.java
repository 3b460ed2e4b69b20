package coppice.cli.command;

import coppice.api.Database;
import coppice.api.OpenConflicts.Operation;
import coppice.api.Stash;
import coppice.api.StashEntry;
import coppice.api.StashInProgress;
import coppice.api.StashOutcome;
import coppice.api.StashPick;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts uncommitted changes aside, and brings them back.
final class StashTask extends DatabaseTask {
    private enum Step {
        push,
        list,
        show,
        pop,
        apply,
        drop
    }

    @Parameters(
            index = "0",
            paramLabel = "STEP",
            arity = "0..1",
            description = "push (the default), list, show, pop, apply or drop.")
    private Step step = Step.push;

    @Parameters(
            index = "1",
            paramLabel = "N",
            arity = "0..1",
            description = "Which entry; 0, the newest, unless given.")
    private int index;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "For push: what it is.")
    private Optional<String> message = Optional.empty();

    @Option(names = "--continue", description = "Go on with what was decided, after a pop or apply met conflicts.")
    private boolean resume;

    @Option(names = "--abort", description = "Give up what waits to come back; the entry stays.")
    private boolean abort;

    @Mixin
    private Ruling ruling = new Ruling();

    @Mixin
    private Deciding deciding = new Deciding();

    @Override
    int run(Database db) {
        Stash stash = branch(db).stash();
        if (resume) {
            deciding.decideAll(branch(db));
            brought(waiting(stash).resume());
            return OK;
        }
        if (abort) {
            waiting(stash).abort();
            done(
                    "gave it up; the entry stays on the stack",
                    MergeTask.outcome("aborted").with("branch", Json.of(branchName())));
            return OK;
        }
        switch (step) {
            case push -> push(stash);
            case list -> list(stash);
            case show -> DiffTask.show(this, Integer.MAX_VALUE, stash.show(index));
            case pop -> brought(stash.pop(pick()));
            case apply -> brought(stash.apply(pick()));
            case drop -> {
                StashEntry dropped = stash.drop(index);
                done(
                        "dropped " + Shown.commit(dropped.commit()).plain(),
                        MergeTask.outcome("dropped").with("entry", document(dropped)));
            }
        }
        return OK;
    }

    private StashPick pick() {
        StashPick pick = StashPick.of(index).resolving(deciding.resolver()).keepingConflicts();
        return ruling.policy().map(pick::policy).orElse(pick);
    }

    private StashInProgress waiting(Stash stash) {
        return stash.waiting()
                .orElseThrow(
                        () -> new Failure("no stash waits to come back to " + branchName() + ": coppice stash pop"));
    }

    private void push(Stash stash) {
        Optional<StashEntry> entry = message.map(stash::push).orElseGet(stash::push);
        entry.ifPresentOrElse(
                made -> done(
                        "put aside: " + Shown.commit(made.commit()).plain() + "; coppice stash pop brings it back",
                        MergeTask.outcome("stashed").with("entry", document(made))),
                () -> done(
                        "nothing changed on " + branchName() + "; there is nothing to put aside",
                        MergeTask.outcome("unchanged").with("branch", Json.of(branchName()))));
    }

    private void brought(StashOutcome outcome) {
        switch (outcome) {
            case StashOutcome.Applied(StashEntry entry) ->
                done(
                        "brought back on " + branchName() + ": "
                                + Shown.commit(entry.commit()).plain(),
                        MergeTask.outcome("applied").with("entry", document(entry)));
            case StashOutcome.Conflicted conflicted ->
                throw Deciding.refuse(this, Operation.STASH, conflicted.sides(), conflicted.conflicts(), sameBranch());
        }
    }

    private void list(Stash stash) {
        Table table = new Table().words("entry").words("branch").words("commit").words("title");
        for (StashEntry entry : stash.list()) {
            if (isJson()) {
                json(document(entry));
            }
            table.row(
                    Text.of(entry.ref(), Style.CYAN),
                    Text.of(entry.branch()),
                    Text.of(entry.commit().id().abbreviated(), Style.YELLOW),
                    Shown.title(entry.commit()));
        }
        if (!isJson()) {
            screen().table(table);
        }
    }

    private static Json.Obj document(StashEntry entry) {
        return Json.object(
                "entry", entry.ref(),
                "branch", entry.branch(),
                "base", entry.base().hex(),
                "commit", entry.commit().id().hex(),
                "message", entry.commit().message());
    }
}
