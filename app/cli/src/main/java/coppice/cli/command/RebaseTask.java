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
                .orElseThrow(() -> new Failure("a rebase needs a ref to go on: coppice rebase ONTO"));
        RebasePlan plan = rebase.plan(ref, since.map(this::ref).orElse(ref)).resolving(deciding.resolver());
        plan = ruling.policy().map(plan::policy).orElse(plan);
        if (showPlan) {
            plan.steps().forEach(step -> screen().line(line(db, step)));
            return OK;
        }
        return show(rebase.start(planFile.isPresent() ? plan.steps(steps(db, planFile.get())) : plan));
    }

    private static String line(Database db, RebaseStep step) {
        Commit commit = db.resolve(step.commit().hex());
        return step.action().name().toLowerCase(Locale.ROOT) + " "
                + step.commit().abbreviated() + " " + commit.title();
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
            throw new Failure("the plan " + file + " cannot be read: " + failure.getMessage(), failure);
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
                        Json.object("skipped", commit.hex())));
                result(Text.of("rebased ", Style.GREEN).plus(branchName() + " at "), head);
                yield OK;
            }
            case RebaseOutcome.UpToDate(Commit head) -> {
                result(Text.of(branchName() + " is there already: "), head);
                yield OK;
            }
            case RebaseOutcome.Stopped(RebaseProgress progress) -> throw stopped(progress);
        };
    }

    private Failure stopped(RebaseProgress progress) {
        String go = Stopped.goOn(Operation.REBASE, sameBranch());
        return switch (progress.reason()) {
            case RebaseProgress.Reason.Conflicted conflicted ->
                Deciding.refuse(
                        this, conflicted.sides(), conflicted.conflicts(), Stopped.next(Operation.REBASE, sameBranch()));
            case RebaseProgress.Reason.Editing editing ->
                new Failure("stopped to edit " + editing.step().commit().abbreviated() + ": change the branch "
                        + editing.branch() + " with -b, then: " + go);
            case RebaseProgress.Reason.Rewording rewording ->
                new Failure("stopped to reword " + rewording.step().commit().abbreviated() + ": " + go + " -m MESSAGE");
            case RebaseProgress.Reason.Interrupted _ -> new Failure("the rebase was interrupted: " + go);
        };
    }
}
