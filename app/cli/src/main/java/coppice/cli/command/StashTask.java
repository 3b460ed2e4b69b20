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
import coppice.cli.view.DiffView;
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
            case show ->
                new DiffView(screen(), Integer.MAX_VALUE, screen().look().live()).show(stash.show(index));
            case pop -> brought(stash.pop(pick()));
            case apply -> brought(stash.apply(pick()));
            case drop ->
                note("dropped " + Shown.commit(stash.drop(index).commit()).plain());
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
        note(entry.map(made ->
                        "put aside: " + Shown.commit(made.commit()).plain() + "; coppice stash pop brings it back")
                .orElse("nothing changed on " + branchName() + "; there is nothing to put aside"));
    }

    private void brought(StashOutcome outcome) {
        switch (outcome) {
            case StashOutcome.Applied(StashEntry entry) ->
                done(
                        "brought back on " + branchName() + ": "
                                + Shown.commit(entry.commit()).plain(),
                        LogTask.document(entry.commit()));
            case StashOutcome.Conflicted conflicted ->
                throw Deciding.refuse(
                        this, conflicted.sides(), conflicted.conflicts(), Stopped.next(Operation.STASH, sameBranch()));
        }
    }

    private void list(Stash stash) {
        Table table = new Table().words("entry").words("branch").words("commit").words("title");
        for (StashEntry entry : stash.list()) {
            if (isJson()) {
                json(Json.object(
                        "entry", entry.ref(),
                        "branch", entry.branch(),
                        "base", entry.base().hex(),
                        "commit", entry.commit().id().hex(),
                        "message", entry.commit().message()));
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
}
