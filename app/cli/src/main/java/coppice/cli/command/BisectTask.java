package coppice.cli.command;

import coppice.api.BisectOutcome;
import coppice.api.BisectSession;
import coppice.api.Database;
import coppice.api.Verdict;
import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.source.InputException;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/// Finds the commit that brought a fault: takes verdicts, one call after the other, and names the commit to test next.
final class BisectTask extends DatabaseTask {
    private static final int CANNOT_SAY = 125;
    private static final int NO_VERDICT = 128;

    private enum Step {
        start,
        good,
        bad,
        skip,
        run,
        status,
        reset
    }

    @Parameters(
            index = "0",
            paramLabel = "STEP",
            arity = "0..1",
            description =
                    "start BAD GOOD..., then good, bad or skip for the commit that was named, or run -- COMMAND...; "
                            + "status (the default), reset.")
    private Step step = Step.status;

    @Parameters(
            index = "1..*",
            paramLabel = "REF",
            arity = "0..*",
            description = "For start: the bad ref and the good ones; for a verdict: another commit than the one named; "
                    + "for run: a command that is given each commit in COPPICE_COMMIT and ends with 0 when it is good, "
                    + "125 when that cannot be said, and another code below 128 when it is bad.")
    private List<String> refs = List.of();

    private String tested = "";
    private Optional<Verdict> verdict = Optional.empty();

    @Override
    int run(Database db) {
        BisectSession session = db.history().bisection();
        switch (step) {
            case start -> {
                if (refs.size() < 2) {
                    throw Failure.usage("a search needs a bad ref and a good one: coppice bisect start BAD GOOD");
                }
                List<String> named = refs.stream().map(this::ref).toList();
                show(session.start(named.getFirst(), named.subList(1, named.size())));
            }
            case good -> show(session.good(judged(session)));
            case bad -> show(session.bad(judged(session)));
            case skip -> show(session.skip(judged(session)));
            case run -> step(session);
            case status ->
                session.outcome()
                        .ifPresentOrElse(this::show, () -> done("no search is on", Json.object("outcome", "none")));
            case reset -> {
                session.reset();
                done("the search is forgotten", Json.object("outcome", "reset"));
            }
        }
        return OK;
    }

    /// One step of a search that a command judges: takes its verdict on the last commit, and finds the next.
    private void step(BisectSession session) {
        if (refs.isEmpty()) {
            throw Failure.usage("which command judges? coppice bisect run -- COMMAND...");
        }
        verdict.ifPresent(word -> {
            switch (word) {
                case GOOD -> session.good(tested);
                case BAD -> session.bad(tested);
                case SKIP -> session.skip(tested);
            }
        });
        BisectOutcome outcome = session.outcome()
                .orElseThrow(() -> new Failure("no search is on: coppice bisect start BAD GOOD, then run"));
        if (outcome instanceof BisectOutcome.Next next) {
            tested = next.test().id().hex();
            verdict = Optional.empty();
            if (!isJson()) {
                screen().line(Text.of("test ", Style.BOLD).plus(Shown.commit(next.test())));
            }
        } else {
            tested = "";
            show(outcome);
        }
    }

    @Override
    boolean goesOn() {
        if (step != Step.run || tested.isEmpty()) {
            return false;
        }
        int code = execute();
        if (code < 0 || code >= NO_VERDICT) {
            throw new Failure("the command ended with " + code + " for " + tested
                    + ", which is no verdict; the search waits: coppice bisect status");
        }
        verdict = Optional.of(code == 0 ? Verdict.GOOD : code == CANNOT_SAY ? Verdict.SKIP : Verdict.BAD);
        return true;
    }

    private int execute() {
        ProcessBuilder builder =
                new ProcessBuilder(refs).directory(shell().directory().toFile()).redirectErrorStream(true);
        builder.environment()
                .put(Location.VARIABLE, shell().directory().resolve(location()).toString());
        builder.environment().put("COPPICE_COMMIT", tested);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            process.getInputStream().transferTo(shell().err());
            return process.waitFor();
        } catch (IOException failure) {
            throw new Failure(refs.getFirst() + " cannot be run: " + InputException.reason(failure), failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted; the search waits: coppice bisect status", stop);
        }
    }

    private String judged(BisectSession session) {
        if (!refs.isEmpty()) {
            return refs.getFirst();
        }
        if (session.outcome().orElse(null) instanceof BisectOutcome.Next next) {
            return next.test().id().hex();
        }
        throw new Failure("no commit waits for a verdict: coppice bisect start BAD GOOD, or name a commit");
    }

    private void show(BisectOutcome outcome) {
        if (isJson()) {
            json(document(outcome));
            return;
        }
        switch (outcome) {
            case BisectOutcome.Found(var first) ->
                screen().line(Text.of("first bad commit: ", Style.BOLD).plus(Shown.commit(first)));
            case BisectOutcome.Undecided(var suspects) -> {
                screen().line("one of these is the first bad commit; all others were skipped or judged:");
                suspects.forEach(commit -> screen().line(Text.of("  ").plus(Shown.commit(commit))));
            }
            case BisectOutcome.Next next -> {
                screen().line(Text.of("test ", Style.BOLD).plus(Shown.commit(next.test())));
                note(Amounts.count(next.candidates(), "candidate") + " left, about "
                        + Amounts.count(next.steps(), "test") + "; read it with --at "
                        + next.test().id().abbreviated() + ", then: coppice bisect good, bad or skip");
            }
        }
    }

    private static Json.Obj document(BisectOutcome outcome) {
        return switch (outcome) {
            case BisectOutcome.Found(var first) ->
                Json.object("outcome", "found", "first", first.id().hex());
            case BisectOutcome.Undecided(var suspects) ->
                Json.object(
                        "outcome",
                        "undecided",
                        "suspects",
                        Json.strings(suspects.stream()
                                .map(commit -> commit.id().hex())
                                .toList()));
            case BisectOutcome.Next next ->
                Json.object(
                        "outcome", "next",
                        "test", next.test().id().hex(),
                        "candidates", next.candidates(),
                        "steps", next.steps());
        };
    }
}
