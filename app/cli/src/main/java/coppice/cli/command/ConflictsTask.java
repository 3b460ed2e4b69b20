package coppice.cli.command;

import coppice.api.Conflict;
import coppice.api.ConflictPage;
import coppice.api.ConflictQuery;
import coppice.api.ConflictSides;
import coppice.api.Database;
import coppice.api.OpenConflicts;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.view.ConflictView;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/// Lists the conflicts of what waits on a branch: a merge, rebase, cherry-pick, revert or stash.
final class ConflictsTask extends DatabaseTask {
    private static final int PAGE = 100;

    @Parameters(paramLabel = "SPACE", arity = "0..1", description = "Only those of this space.")
    private Optional<String> space = Optional.empty();

    @Override
    int run(Database db) {
        OpenConflicts open = Stopped.on(branch(db));
        ConflictSides sides = open.sides();
        if (!isJson()) {
            screen().line(Text.of(Stopped.name(open.operation()), Style.BOLD)
                    .plus(": ours is " + sides.ours() + ", theirs is " + sides.theirs() + ", base is " + sides.base()));
        }
        ConflictView view = new ConflictView(screen(), sides.ours(), sides.theirs());
        Optional<ConflictQuery> rest = Optional.of(space.map(ConflictQuery::in).orElseGet(ConflictQuery::all));
        long shown = 0;
        while (rest.isPresent()) {
            ConflictPage page = open.conflicts(rest.get(), PAGE);
            if (isJson()) {
                for (Conflict conflict : page.conflicts()) {
                    json(Deciding.document(conflict));
                }
            } else {
                view.show(page.conflicts(), PAGE);
            }
            shown += page.conflicts().size();
            rest = page.next();
        }
        if (shown == 0 && !isJson()) {
            note("every conflict is decided: " + Stopped.goOn(open.operation(), sameBranch()) + " goes on");
        }
        return OK;
    }
}
