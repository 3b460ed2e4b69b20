package coppice.cli.command;

import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.Database;
import coppice.api.OpenConflicts.Operation;
import coppice.api.Rebase;
import coppice.api.RebaseDecision;
import coppice.api.RebaseOutcome;
import coppice.api.RebasePlan;
import coppice.api.RebaseProgress;
import coppice.api.RebaseStep;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.source.InputException;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Moves a branch's own commits onto another commit, or changes them on the way.
final class RebaseTask extends DatabaseTask {
    @Parameters(paramLabel = "ONTO", arity = "0..1", description = "The ref to go on top of.")
    private Optional<String> onto = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "REF",
            description = "Take the commits after this ref; else those that ONTO" + " has not.")
    private Optional<String> since = Optional.empty();

    @Option(
            names = "--show-plan",
            description = "Print the plan, a step in a line, and change nothing: edit it, then use --plan.")
    private boolean showPlan;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description =
                    "Do what this file says: pick, reword, edit, squash, fixup or drop, and a commit, in each line.")
    private Optional<String> planFile = Optional.empty();

    @Option(names = "--continue", description = "Go on after a stop.")
    private boolean resume;

    @Option(names = "--skip", description = "Go on without the commit at which it stopped.")
    private boolean skip;

    @Option(names = "--abort", description = "Give it up; the branch is as it was.")
    private boolean abort;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "With --continue: the commit's new message.")
    private Optional<String> message = Optional.empty();

    @Mixin
    private Ruling ruling = new Ruling();

    @Mixin
    private Deciding deciding = new Deciding();

    @Override
    int run(Database db) {
        Rebase rebase = branch(db).edits().rebase();
        if (abort) {
            rebase.abort();
            done(
                    "gave the rebase of " + branchName() + " up; the branch is as it was",
                    MergeTask.outcome("aborted").with("branch", Json.of(branchName())));
            return OK;
        }
        if (skip) {
            return show(rebase.skip());
        }
        if (resume) {
            return show(rebase.resume(new RebaseDecision(deciding.resolver(), message)));
        }
        String ref = onto.map(this::ref)
                .orElseThrow(() -> Failure.usage("a rebase needs a ref to go on: coppice rebase ONTO"));
        RebasePlan plan = rebase.plan(ref, since.map(this::ref).orElse(ref)).resolving(deciding.resolver());
        plan = ruling.policy().map(plan::policy).orElse(plan);
        if (showPlan) {
            plan.steps().forEach(step -> show(db, step));
            return OK;
        }
        return show(rebase.start(planFile.isPresent() ? plan.steps(steps(db, planFile.get())) : plan));
    }

    private void show(Database db, RebaseStep step) {
        String action = step.action().name().toLowerCase(Locale.ROOT);
        String title = db.resolve(step.commit().hex()).title();
        result(
                Text.of(action + " " + step.commit().abbreviated() + " " + title),
                Json.object("action", action, "commit", step.commit().hex(), "title", title));
    }

    private List<RebaseStep> steps(Database db, String file) {
        List<RebaseStep> steps = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(shell().directory().resolve(file))) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    steps.add(step(db, file, line.strip()));
                }
            }
        } catch (IOException failure) {
            throw new Failure("the plan " + file + " cannot be read: " + InputException.reason(failure), failure);
        }
        return steps;
    }

    private static RebaseStep step(Database db, String file, String line) {
        String[] words = line.split("\\s+", 3);
        for (RebaseStep.Action action : RebaseStep.Action.values()) {
            if (words.length > 1 && action.name().equalsIgnoreCase(words[0])) {
                return RebaseStep.pick(db.resolve(words[1]).id()).as(action);
            }
        }
        throw new Failure(file + " has a line that is no step: '" + line
                + "'; a line is pick, reword, edit, squash, fixup or drop, and a commit");
    }

    private int show(RebaseOutcome outcome) {
        return switch (outcome) {
            case RebaseOutcome.Rebased(Commit head, List<CommitId> skipped) -> {
                skipped.forEach(commit -> done(
                        "skipped " + commit.abbreviated() + ": it changes nothing here",
                        MergeTask.outcome("skipped").with("commit", Json.of(commit.hex()))));
                ended(Text.of("rebased ", Style.GREEN).plus(branchName() + " at "), "rebased", head);
                yield OK;
            }
            case RebaseOutcome.UpToDate(Commit head) -> {
                ended(Text.of(branchName() + " is there already: "), "up-to-date", head);
                yield OK;
            }
            case RebaseOutcome.Stopped(RebaseProgress progress) -> throw stopped(progress);
        };
    }

    private void ended(Text words, String outcome, Commit head) {
        result(
                words.plus(Shown.commit(head)),
                MergeTask.outcome(outcome)
                        .with("branch", Json.of(branchName()))
                        .with("commit", LogTask.document(head)));
    }

    private Failure stopped(RebaseProgress progress) {
        String go = Stopped.goOn(Operation.REBASE, sameBranch());
        if (isJson()) {
            told(progress);
        }
        return switch (progress.reason()) {
            case RebaseProgress.Reason.Conflicted conflicted ->
                Deciding.refuse(this, Operation.REBASE, conflicted.sides(), conflicted.conflicts(), sameBranch());
            case RebaseProgress.Reason.Editing editing ->
                new Failure("stopped to edit " + editing.step().commit().abbreviated() + ": change the branch "
                        + editing.branch() + " with -b, then: " + go);
            case RebaseProgress.Reason.Rewording rewording ->
                new Failure("stopped to reword " + rewording.step().commit().abbreviated() + ": " + go + " -m MESSAGE");
            case RebaseProgress.Reason.Interrupted _ -> new Failure("the rebase was interrupted: " + go);
        };
    }

    /// Why it stopped, for programs; conflicts are told one by one besides.
    private void told(RebaseProgress progress) {
        Optional<RebaseStep> step = switch (progress.reason()) {
            case RebaseProgress.Reason.Editing editing -> Optional.of(editing.step());
            case RebaseProgress.Reason.Rewording rewording -> Optional.of(rewording.step());
            case RebaseProgress.Reason.Interrupted _, RebaseProgress.Reason.Conflicted _ -> Optional.empty();
        };
        step.ifPresent(at -> json(MergeTask.outcome("stopped")
                .with("to", Json.of(at.action().name().toLowerCase(Locale.ROOT)))
                .with("commit", Json.of(at.commit().hex()))));
    }
}
