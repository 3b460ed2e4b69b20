package coppice.cli.command;

import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.api.query.Query;
import coppice.api.query.QueryPlan;
import coppice.api.query.Row;
import coppice.api.query.RowPage;
import coppice.cli.render.Amounts;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.source.ExportedRow;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Asks for rows by what is in them.
final class QueryTask extends ReadTask {
    private static final long TERMINAL_ROWS = 50;

    /// What is given: rows, or something about them.
    private enum Given {
        ROWS,
        COUNT,
        PLAN
    }

    @Parameters(paramLabel = "SPACE", arity = "0..1", description = "The space to ask.")
    private Optional<String> space = Optional.empty();

    @Option(
            names = "--projection",
            paramLabel = "NAME",
            description = "Ask for the rows that this projection gives, instead of those of a space.")
    private Optional<String> projection = Optional.empty();

    @Option(
            names = "--keys",
            paramLabel = "GLOB",
            description = "Only rows whose keys fit: * is any text, ? a character.")
    private Optional<String> keys = Optional.empty();

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Only rows for which this is true: role = 'admin' AND age > 30.")
    private List<String> conditions = new ArrayList<>();

    @Option(names = "--order", paramLabel = "LIST", description = "In this order: name, age DESC.")
    private Optional<String> order = Optional.empty();

    @Option(names = "--reverse", description = "The other way round.")
    private boolean reverse;

    @Option(names = "--select", paramLabel = "LIST", description = "Only this of them: name, age * 12 AS months.")
    private Optional<String> select = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many, 0 for all; else 50 on a terminal and all in a pipe.")
    private Optional<Long> limit = Optional.empty();

    @Option(names = "--offset", paramLabel = "N", description = "Without the first so many.")
    private long offset;

    @Option(names = "--page-size", paramLabel = "N", description = "Only a page of so many, and where the next begins.")
    private Optional<Integer> pageSize = Optional.empty();

    @Option(names = "--page", paramLabel = "TOKEN", description = "The page that begins there; with --page-size.")
    private Optional<String> page = Optional.empty();

    @Option(names = "--count", description = "Only how many there are.")
    private boolean count;

    @Option(names = "--explain", description = "Only how it would be answered.")
    private boolean explain;

    @Option(names = "--analyze", description = "Only how it was answered, with what really happened.")
    private boolean analyze;

    private boolean isOfGroups;

    @Override
    int run(Database db) {
        Given given = given();
        Query query = query(all(db, state(db)));
        isOfGroups =
                projection.filter(one -> ProjectionTask.isOfGroups(db, one)).isPresent();
        switch (given) {
            case COUNT -> {
                long rows = query.count();
                result(
                        Text.of(Long.toString(rows)),
                        Json.object(projection.isPresent() ? "projection" : "space", name(), "count", rows));
            }
            case PLAN -> plan(analyze ? query.analyze() : query.explain());
            case ROWS -> {
                if (pageSize.isPresent()) {
                    page(query, pageSize.get());
                } else {
                    rows(query);
                }
            }
        }
        return OK;
    }

    private String name() {
        return projection.or(() -> space).orElseThrow();
    }

    private Query all(Database db, Snapshot state) {
        if (projection.isPresent()) {
            return state.projection(projection.get()).query();
        }
        if (!state.spaces().contains(name()) && db.projections().find(name()).isPresent()) {
            hint("; there is a projection of this name: coppice query --projection " + name());
        }
        space(state, name());
        return state.query(name());
    }

    @Override
    void checkUsage() {
        if (space.isPresent() == projection.isPresent()) {
            throw Failure.usage("coppice query SPACE, or coppice query --projection NAME");
        }
        if (Stream.of(space, projection, keys, order, select, page).anyMatch(one -> one.equals(Optional.of("")))
                || conditions.contains("")) {
            throw Failure.usage("an option or the name is empty: give it something, or leave it out");
        }
    }

    private Given given() {
        if (Stream.of(count, explain, analyze).filter(one -> one).count() > 1) {
            throw Failure.usage("--count, --explain and --analyze do not go together; use one of them");
        }
        if (page.isPresent() && pageSize.isEmpty()) {
            throw Failure.usage("--page goes with --page-size, which says how many rows a page has");
        }
        if (offset < 0 || limit.orElse(0L) < 0 || pageSize.orElse(1) < 1) {
            throw Failure.usage("--limit and --offset are at least 0, --page-size at least 1");
        }
        return count ? Given.COUNT : explain || analyze ? Given.PLAN : Given.ROWS;
    }

    private Query query(Query all) {
        Query query = keys.map(all::keys).orElse(all);
        for (String condition : conditions) {
            query = query.where(condition);
        }
        query = order.isPresent() ? query.orderBy(Parted.at(order.get())) : query;
        query = select.isPresent() ? query.select(Parted.at(select.get())) : query;
        query = reverse ? query.reversed() : query;
        query = offset > 0 ? query.offset(offset) : query;
        long most = limit.orElse(0L);
        return most > 0 ? query.limit(most) : query;
    }

    private void plan(QueryPlan plan) {
        if (isJson()) {
            json(document(plan));
        } else {
            plan.toString().lines().forEach(line -> screen().line(Text.of(line)));
        }
    }

    private static Json.Obj document(QueryPlan plan) {
        @Nullable Object actual = plan.actual().isPresent() ? plan.actual().getAsLong() : null;
        @Nullable Object nanos = plan.nanos().isPresent() ? plan.nanos().getAsLong() : null;
        return Json.object(
                "step",
                plan.step(),
                "of",
                plan.of(),
                "estimate",
                plan.estimate(),
                "actual",
                actual,
                "nanos",
                nanos,
                "inputs",
                new Json.Arr(
                        plan.inputs().stream().<Json>map(QueryTask::document).toList()),
                "notes",
                new Json.Arr(plan.notes().stream().<Json>map(Json::of).toList()));
    }

    private boolean isTable() {
        return screen().look().live() && !isJson();
    }

    private void rows(Query query) {
        boolean isCut = limit.isEmpty() && isTable();
        try (Stream<Row> rows = isCut ? query.limit(TERMINAL_ROWS + 1).rows() : query.rows()) {
            Iterator<Row> each = rows.iterator();
            if (isTable()) {
                show(each, isCut ? TERMINAL_ROWS : Long.MAX_VALUE);
            } else {
                list(each);
            }
        }
    }

    private void page(Query query, int size) {
        RowPage found = page.isPresent() ? query.page(size, page.get()) : query.page(size);
        if (isTable()) {
            show(found.rows().iterator(), Long.MAX_VALUE);
        } else {
            list(found.rows().iterator());
        }
        found.next().ifPresent(next -> {
            if (isJson()) {
                json(Json.object("next", next));
            } else {
                note("next: --page " + next);
            }
        });
    }

    private void show(Iterator<Row> rows, long most) {
        Screen screen = screen();
        Table table = isOfGroups ? new Table() : new Table().words("key");
        table.words(select.isPresent() ? "selected" : "value");
        long shown = 0;
        for (; shown < most && rows.hasNext(); shown++) {
            Row row = rows.next();
            Text value = Text.of(Shown.value(row.document()));
            if (isOfGroups) {
                table.row(value);
            } else {
                table.row(Text.of(Shown.key(row.key()), Style.CYAN), value);
            }
        }
        screen.table(table);
        String more = rows.hasNext() ? "the first " + Amounts.count(shown, "row") + "; --limit 0 shows all" : "";
        screen.line(Text.of("  " + (more.isEmpty() ? Amounts.count(shown, "row") : more), Style.DIM));
    }

    private String line(Row row) {
        String value = Shown.value(row.document());
        return isOfGroups ? value : Shown.key(row.key()) + "\t" + value;
    }

    private void list(Iterator<Row> rows) {
        for (long listed = 0; rows.hasNext(); listed++) {
            Row row = rows.next();
            shell().out()
                    .println(
                            isJson()
                                    ? ExportedRow.of(Optional.empty(), row.key(), row.document())
                                            .text()
                                    : line(row));
            if ((listed & 1023) == 1023 && shell().out().checkError()) {
                return; // nobody reads on: the other end of the pipe is closed
            }
        }
    }
}
