package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;
import coppice.api.projection.Lookup;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionStatus;
import coppice.api.projection.ProjectionView;
import coppice.api.query.Row;
import coppice.api.query.RowPage;
import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.json.JsonRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists, shows, creates, replaces, drops, makes and reads projections.
final class ProjectionTask extends DatabaseTask {
    private static final int ROWS = 50;

    private enum Step {
        list(0, 0),
        show(1, 1),
        create(2, 2),
        replace(2, 2),
        drop(1, 1),
        status(0, 1),
        rebuild(1, 1),
        cancel(1, 1),
        pause(0, 0),
        resume(0, 0),
        keep(1, 1),
        read(1, Integer.MAX_VALUE);

        private final int least;
        private final int most;

        Step(int least, int most) {
            this.least = least;
            this.most = most;
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "STEP",
            arity = "0..1",
            description = "list (the default), show NAME, create NAME DEFINITION, replace NAME DEFINITION, drop NAME, "
                    + "status [NAME], rebuild NAME, cancel NAME (the background leaves it until rows are written), "
                    + "pause and resume (the background as a whole), keep N (ready for the last N versions, too), or "
                    + "read NAME [VALUE..]. A definition is text such as "
                    + "'FROM people INDEX BY role, age DESC'. Rows are read whose first columns have the values: JSON, "
                    + "or else text.")
    private Step step = Step.list;

    @Parameters(index = "1..*", paramLabel = "WORDS", arity = "0..*", description = "What the step takes.")
    private List<String> words = List.of();

    @Option(names = "--at", paramLabel = "REF", description = "Read in this ref instead of the working state.")
    private Optional<String> at = Optional.empty();

    @Option(names = "--from", paramLabel = "VALUE", description = "Read where the next column is this or more.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "VALUE", description = "Read where the next column is this or less.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--reverse", description = "Read from the end.")
    private boolean reverse;

    @Option(names = "--count", description = "Read only how many there are.")
    private boolean count;

    @Option(names = "--limit", paramLabel = "N", description = "Read at most so many, 50 unless told otherwise.")
    private int limit = ROWS;

    @Option(names = "--page", paramLabel = "TOKEN", description = "Read on from where another page ended.")
    private Optional<String> page = Optional.empty();

    @Override
    void checkUsage() {
        boolean isNamed = words.isEmpty() || !words.getFirst().isEmpty();
        if (words.size() < step.least || words.size() > step.most || !isNamed) {
            throw Failure.usage(
                    "coppice projection create NAME DEFINITION, replace NAME DEFINITION, read NAME VALUE.., "
                            + "show, drop, status, rebuild or cancel NAME, pause, resume, keep N or list");
        }
        boolean reads = at.isPresent() || from.isPresent() || to.isPresent() || page.isPresent() || reverse || count;
        if (reads && step != Step.read) {
            throw Failure.usage("--at, --from, --to, --reverse, --count and --page are for read");
        }
        if (limit < 1) {
            throw Failure.usage("--limit is 1 or more");
        }
    }

    @Override
    boolean isDestructive() {
        return step == Step.drop;
    }

    @Override
    int run(Database db) {
        switch (step) {
            case list -> list(db);
            case show -> show(db);
            case create -> {
                db.projections().create(words.getFirst(), words.get(1));
                told(db, "created");
            }
            case replace -> {
                db.projections().replace(words.getFirst(), words.get(1));
                told(db, "replaced");
            }
            case drop -> {
                db.projections().drop(words.getFirst());
                done("dropped projection " + words.getFirst(), Json.object("dropped", words.getFirst()));
            }
            case status -> status(db);
            case rebuild -> {
                ProjectionStatus status = db.projections().rebuild(words.getFirst());
                done(
                        words.getFirst() + " is ready for " + status.fresh() + " of " + status.total() + " states",
                        json(status));
            }
            case cancel -> {
                db.projections().cancel(words.getFirst());
                done(
                        words.getFirst() + " waits until rows are written; coppice projection rebuild "
                                + words.getFirst() + " makes it now",
                        Json.object("cancelled", words.getFirst()));
            }
            case pause -> {
                db.projections().pause();
                done("the background rests; coppice projection resume lets it go on", Json.object("paused", true));
            }
            case resume -> {
                db.projections().resume();
                done("the background goes on", Json.object("paused", false));
            }
            case keep -> keep(db);
            case read -> read(db);
        }
        return OK;
    }

    private void keep(Database db) {
        int versions;
        try {
            versions = Integer.parseInt(words.getFirst());
        } catch (NumberFormatException none) {
            throw Failure.usage("coppice projection keep N: a number of versions, 0 or more");
        }
        if (versions < 0) {
            throw Failure.usage("coppice projection keep N: a number of versions, 0 or more");
        }
        db.projections().keepVersions(versions);
        done("kept ready for " + Amounts.count(versions, "version") + " back", Json.object("versions", versions));
    }

    private void told(Database db, String what) {
        String name = words.getFirst();
        String text = db.projections().text(name);
        done(what + " projection " + name + ": " + text, Json.object("projection", name, "definition", text));
    }

    private void show(Database db) {
        String text = db.projections().text(words.getFirst());
        if (isJson()) {
            json(Json.object("projection", words.getFirst(), "definition", text));
        } else {
            screen().line(text);
        }
    }

    private void list(Database db) {
        Table table = new Table().words("projection").words("definition");
        for (String name : db.projections().all().keySet()) {
            String text = db.projections().text(name);
            if (isJson()) {
                json(Json.object("projection", name, "definition", text));
            }
            table.row(Text.of(name, Style.CYAN), Text.of(text));
        }
        if (!isJson()) {
            screen().table(table);
        }
    }

    private void status(Database db) {
        Table table = new Table()
                .words("projection")
                .numbers("states")
                .numbers("ready")
                .numbers("pending")
                .numbers("entries")
                .words("now")
                .numbers("rows/s")
                .words("left");
        List<String> names =
                words.isEmpty() ? List.copyOf(db.projections().all().keySet()) : words;
        for (String name : names) {
            ProjectionStatus status = db.projections().status(name);
            if (isJson()) {
                json(json(status));
            }
            table.row(
                    Text.of(name, Style.CYAN),
                    Text.of(Long.toString(status.total())),
                    Text.of(Long.toString(status.fresh())),
                    Text.of(Long.toString(status.pending())),
                    Text.of(status.entries().map(String::valueOf).orElse("-")),
                    Text.of(now(status)),
                    Text.of(status.rate() == 0 ? "-" : Amounts.count(status.rate())),
                    Text.of(status.remaining()
                            .map(left -> Amounts.time(left.toNanos()))
                            .orElse("-")));
        }
        if (!isJson()) {
            screen().table(table);
        }
    }

    private static String now(ProjectionStatus status) {
        return status.making()
                .map(making -> "row " + making.rows() + " of " + making.of())
                .orElse(status.isPaused() ? "paused" : "-");
    }

    private static Json.Obj json(ProjectionStatus status) {
        return Json.object(
                "projection", status.name(),
                "total", status.total(),
                "fresh", status.fresh(),
                "pending", status.pending(),
                "rebuilding", status.isRebuilding(),
                "rows",
                        status.making()
                                .<Json>map(making -> Json.of(making.rows()))
                                .orElse(Json.Null.VALUE),
                "of", status.making().<Json>map(making -> Json.of(making.of())).orElse(Json.Null.VALUE),
                "rate", status.rate(),
                "remainingMillis",
                        status.remaining()
                                .<Json>map(left -> Json.of(left.toMillis()))
                                .orElse(Json.Null.VALUE),
                "paused", status.isPaused(),
                "entries", status.entries().<Json>map(Json::of).orElse(Json.Null.VALUE));
    }

    private void read(Database db) {
        String name = words.getFirst();
        ProjectionView view = at.map(ref -> db.at(ref(ref)).projection(name))
                .orElseGet(() -> db.branch(branchName()).projection(name));
        Lookup lookup =
                Lookup.equal(words.stream().skip(1).map(ProjectionTask::value).toArray());
        lookup = from.isPresent() ? lookup.from(bound(from.get())) : lookup;
        lookup = to.isPresent() ? lookup.to(bound(to.get())) : lookup;
        lookup = reverse ? lookup.reversed() : lookup;
        if (count) {
            long found = view.count(lookup);
            if (isJson()) {
                json(Json.object("count", found));
            } else {
                screen().line(Long.toString(found));
            }
            return;
        }
        RowPage rows = page.isPresent() ? view.page(lookup, limit, page.get()) : view.page(lookup, limit);
        show(rows, isOfGroups(db, name));
    }

    /// Whether a projection gives groups, whose keys say no more than what is in their rows.
    static boolean isOfGroups(Database db, String projection) {
        return db.projections()
                .find(projection)
                .filter(definition -> definition.output() instanceof ProjectionDefinition.Groups)
                .isPresent();
    }

    private void show(RowPage rows, boolean isGroups) {
        Table table = isGroups ? new Table() : new Table().words("key");
        table.words("row");
        for (Row row : rows.rows()) {
            if (isJson()) {
                json(new JsonRow(Optional.empty(), row.key(), row.document()).document());
            }
            Text shown = Text.of(Shown.value(row.document()));
            if (isGroups) {
                table.row(shown);
            } else {
                table.row(Text.of(Shown.key(row.key()), Style.CYAN), shown);
            }
        }
        if (!isJson()) {
            screen().table(table);
            rows.next().ifPresent(next -> screen().line("  there are more: --page " + next));
        } else {
            rows.next().ifPresent(next -> json(Json.object("next", next)));
        }
    }

    private static Object bound(String text) {
        Object value = value(text);
        if (value == null) {
            throw Failure.usage("--from and --to take a value, and null is none");
        }
        return value;
    }

    /// What a word means: JSON where it is JSON, else text.
    private static @Nullable Object value(String word) {
        return java(JsonReader.tryParse(word.getBytes(UTF_8)).orElse(Json.of(word)));
    }

    private static @Nullable Object java(Json json) {
        return switch (json) {
            case Json.Null() -> null;
            case Json.Bool(boolean truth) -> truth;
            case Json.Num number -> number.value();
            case Json.Str(String text) -> text;
            case Json.Arr(List<Json> items) ->
                items.stream().map(ProjectionTask::java).collect(ArrayList::new, List::add, List::addAll);
            case Json.Obj(Map<String, Json> members) -> {
                Map<String, @Nullable Object> values = new HashMap<>();
                members.forEach((name, value) -> values.put(name, java(value)));
                yield values;
            }
        };
    }
}
