package coppice.cli.command;

import coppice.api.structure.Edge;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.util.stream.Stream;

/// Edges as a command shows them.
final class EdgeTable {
    private EdgeTable() {}

    /// Shows those of a stream, as many as the command shows, and closes it.
    static void show(StructureTask task, Stream<Edge<Object>> edges) {
        Table table = new Table()
                .words("from")
                .words("label")
                .words("to")
                .numbers("weight")
                .words("data");
        try (edges) {
            edges.limit(task.limit()).forEach(edge -> {
                if (task.isJson()) {
                    task.json(item(edge));
                }
                table.row(
                        Text.of(edge.from(), Style.CYAN),
                        Text.of(edge.label()),
                        Text.of(edge.to(), Style.CYAN),
                        Text.of(Double.toString(edge.weight())),
                        Text.of(edge.data()
                                .map(data -> UntypedJson.json(data).text())
                                .orElse("-")));
            });
        }
        if (!task.isJson()) {
            task.screen().table(table);
        }
    }

    private static Json.Obj item(Edge<Object> edge) {
        Json.Obj item = Json.object("from", edge.from(), "label", edge.label(), "to", edge.to())
                .with("weight", new Json.Num(Double.toString(edge.weight())));
        return edge.data()
                .map(data -> item.with("data", UntypedJson.json(data)))
                .orElse(item);
    }
}
