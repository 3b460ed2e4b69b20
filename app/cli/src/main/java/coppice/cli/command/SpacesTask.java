package coppice.cli.command;

import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.Json;
import picocli.CommandLine.Option;

/// Lists the spaces and how many keys they hold.
final class SpacesTask extends ReadTask {
    @Option(names = "--json", description = "As JSON lines.")
    private boolean json;

    @Override
    int run(Database db) {
        Snapshot state = state(db);
        if (json) {
            for (String name : state.spaces()) {
                shell().out()
                        .println(Json.object(
                                        "space", name, "keys", state.space(name).count())
                                .text());
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
