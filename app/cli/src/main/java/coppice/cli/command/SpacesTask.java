package coppice.cli.command;

import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.Json;

/// Lists the spaces and how many keys they hold.
final class SpacesTask extends ReadTask {
    @Override
    int run(Database db) {
        Snapshot state = state(db);
        if (isJson()) {
            for (String name : state.spaces()) {
                json(Json.object("space", name, "keys", state.space(name).count()));
            }
            return OK;
        }
        Table table = new Table().words("space").numbers("keys");
        for (String name : state.spaces()) {
            table.row(
                    Text.of(name, Style.CYAN),
                    Text.of(Amounts.count(state.space(name).count())));
        }
        if (table.isEmpty()) {
            note("there are no spaces yet; coppice put or coppice import makes one");
        } else {
            screen().table(table);
        }
        return OK;
    }
}
