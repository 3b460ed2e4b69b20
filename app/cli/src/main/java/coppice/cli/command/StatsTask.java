package coppice.cli.command;

import coppice.api.Database;
import coppice.api.DatabaseStats;
import coppice.cli.render.Amounts;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Shows what the database holds and what it takes: keys, commits, chunks, bytes on disk by kind, memory.
final class StatsTask extends DatabaseTask {
    @Override
    int run(Database db) {
        DatabaseStats stats = db.stats();
        if (isJson()) {
            json(document(stats));
            return OK;
        }
        Screen screen = screen();
        screen.table(contents(stats));
        screen.blank();
        screen.table(disk(stats));
        return OK;
    }

    private static Text dim(String words) {
        return Text.of(words, Style.DIM);
    }

    private static Table contents(DatabaseStats stats) {
        DatabaseStats.History history = stats.history();
        DatabaseStats.Chunks chunks = stats.chunks();
        DatabaseStats.Cache cache = stats.cache();
        return new Table()
                .words("")
                .numbers("")
                .words("")
                .row(
                        dim("keys"),
                        count(stats.data().keys()),
                        dim("in " + Amounts.count(stats.data().spaces().size(), "space") + " of "
                                + stats.data().branch()))
                .row(dim("commits"), count(history.commits()), dim("that refs reach"))
                .row(dim("branches"), count(history.branches()), dim(remotes(history)))
                .row(dim("tags"), count(history.tags()), Text.EMPTY)
                .row(dim("stashes"), count(history.stashes()), Text.EMPTY)
                .row(
                        dim("chunks"),
                        count(chunks.count()),
                        dim(Amounts.bytes(chunks.bytes()) + ", as stored " + Amounts.bytes(chunks.storedBytes())
                                + " in " + Amounts.count(chunks.packs(), "pack")))
                .row(
                        dim("memory"),
                        Text.of(Amounts.bytes(cache.bytes())),
                        dim("for " + Amounts.count(cache.nodes(), "node") + ", at most "
                                + Amounts.bytes(cache.limitBytes())));
    }

    private static String remotes(DatabaseStats.History history) {
        return history.remoteBranches() == 0 ? "" : "and " + Amounts.count(history.remoteBranches()) + " of remotes";
    }

    private static Text count(long number) {
        return Text.of(Amounts.count(number));
    }

    private static Table disk(DatabaseStats stats) {
        DatabaseStats.Disk disk = stats.disk();
        return new Table()
                .words("on disk")
                .numbers("size")
                .words("")
                .row(dim("packs"), size(disk.packs()), Text.EMPTY)
                .row(dim("indexes"), size(disk.indexes()), Text.EMPTY)
                .row(
                        dim("journal"),
                        size(disk.journal()),
                        dim("of which " + Amounts.bytes(stats.journal().replayBytes()) + " would be replayed"))
                .row(dim("spares"), size(disk.spares()), dim("segments for the journal to come"))
                .row(dim("other"), size(disk.other()), Text.EMPTY)
                .row(dim("total"), Text.of(Amounts.bytes(disk.total()), Style.BOLD), Text.EMPTY);
    }

    private static Text size(long bytes) {
        return Text.of(Amounts.bytes(bytes));
    }

    /// The figures by their names; and the keys of each space.
    private Json.Obj document(DatabaseStats stats) {
        List<Object> all = new ArrayList<>(
                List.of("database", location(), "branch", stats.data().branch()));
        stats.figures().forEach((name, figure) -> {
            all.add(name);
            all.add(figure);
        });
        all.add("spaces");
        all.add(Json.object(pairs(stats.data().spaces())));
        return Json.object(all.toArray());
    }

    private static Object[] pairs(Map<String, Long> counts) {
        List<Object> all = new ArrayList<>();
        counts.forEach((space, keys) -> {
            all.add(space);
            all.add(keys);
        });
        return all.toArray();
    }
}
