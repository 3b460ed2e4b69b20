package coppice.cli.command;

import coppice.api.BisectOutcome;
import coppice.api.BisectSession;
import coppice.api.Database;
import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.util.List;
import picocli.CommandLine.Parameters;

/// Finds the commit that brought a fault: takes verdicts, one call after the other, and names the commit to test next.
final class BisectTask extends DatabaseTask {
    private enum Step {
        start,
        good,
        bad,
        skip,
        status,
        reset
    }

    @Parameters(
            index = "0",
            paramLabel = "STEP",
            description = "start BAD GOOD..., then good, bad or skip for the commit that was named, status, reset.")
    private Step step = Step.status;

    @Parameters(
            index = "1..*",
            paramLabel = "REF",
            arity = "0..*",
            description = "For start: the bad ref and the good ones; for a verdict: another commit than the one named.")
    private List<String> refs = List.of();

    @Override
    int run(Database db) {
        BisectSession session = db.history().bisection();
        switch (step) {
            case start -> {
                if (refs.size() < 2) {
                    throw new Failure("a search needs a bad ref and a good one: coppice bisect start BAD GOOD");
                }
                show(session.start(refs.getFirst(), refs.subList(1, refs.size())));
            }
            case good -> show(session.good(judged(session)));
            case bad -> show(session.bad(judged(session)));
            case skip -> show(session.skip(judged(session)));
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
