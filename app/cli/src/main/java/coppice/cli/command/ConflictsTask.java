package coppice.cli.command;

import coppice.api.Conflict;
import coppice.api.ConflictPage;
import coppice.api.ConflictQuery;
import coppice.api.Database;
import coppice.api.MergeInProgress;
import coppice.cli.view.ConflictView;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/// Lists the conflicts of a merge that waits.
final class ConflictsTask extends DatabaseTask {
    private static final int PAGE = 100;

    @Parameters(paramLabel = "SPACE", arity = "0..1", description = "Only those of this space.")
    private Optional<String> space = Optional.empty();

    @Override
    int run(Database db) {
        MergeInProgress merge = MergeTask.waiting(branch(db));
        ConflictView view = new ConflictView(screen(), merge.into(), merge.source());
        Optional<ConflictQuery> rest = Optional.of(space.map(ConflictQuery::in).orElseGet(ConflictQuery::all));
        long shown = 0;
        while (rest.isPresent()) {
            ConflictPage page = merge.conflicts(rest.get(), PAGE);
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
        if (shown == 0) {
            note("every conflict is decided: coppice merge --continue finishes");
        }
        return OK;
    }
}
