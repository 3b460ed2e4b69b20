package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.api.structure.Event;
import coppice.api.structure.EventLog;
import coppice.api.structure.EventPage;
import coppice.api.structure.LoadMode;
import coppice.api.structure.Retention;
import coppice.api.structure.TimeRange;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Appends events to logs and reads them by time.
final class EventsTask extends StructureTask {
    private enum Step {
        append(2, "NAME VALUE"),
        list(1, "NAME"),
        count(1, "NAME"),
        del(2, "NAME ID"),
        trim(1, "NAME --to TIME"),
        retain(1, "NAME [--age TIME] [--most N]"),
        clear(1, "NAME"),
        dump(1, "NAME"),
        load(2, "NAME FILE");

        private final int words;
        private final String usage;

        Step(int words, String usage) {
            this.words = words;
            this.usage = usage;
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "STEP",
            description = "append NAME VALUE, list NAME, count NAME, del NAME ID, trim NAME (what happened before "
                    + "--to), retain NAME (only what is no older than --age, and no more than --most; without both, "
                    + "all), clear NAME, dump NAME (JSON lines to standard output), or load NAME FILE. A value is "
                    + "JSON, or else text; - stands for standard input.")
    private Step step = Step.list;

    @Parameters(index = "1..*", paramLabel = "WORDS", arity = "1..*", description = "What the step takes.")
    private List<String> words = List.of();

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description = "With append: when it happened, such as 2026-11-29T12:00:00Z; now otherwise.")
    private Optional<String> time = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "With list and count: from then on, such as 2026-11-29T12:00:00Z or 2h (ago).")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "With list, count and trim: what happened before.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--reverse", description = "With list: the latest first.")
    private boolean reverse;

    @Option(names = "--age", paramLabel = "TIME", description = "With retain: what happened longer ago goes, as 30d.")
    private Optional<String> age = Optional.empty();

    @Option(names = "--most", paramLabel = "N", description = "With retain: when there are more, the earliest go.")
    private Optional<Long> most = Optional.empty();

    @Mixin
    private final LoadOption loading = new LoadOption();

    @Override
    boolean mayCreate() {
        return step == Step.append || step == Step.load;
    }

    @Override
    void checkWords() {
        if (words.size() != step.words || (step == Step.trim && to.isEmpty())) {
            throw Failure.usage("coppice events " + step + " " + step.usage);
        }
        if (most.filter(number -> number < 1).isPresent()) {
            throw Failure.usage("--most is 1 or more");
        }
    }

    @Override
    int run(Database db) {
        switch (step) {
            case append -> append(db);
            case list -> list(state(db));
            case count -> number("count", state(db).eventLog(name()).count(range()));
            case del -> delete(db);
            case trim -> trim(db);
            case retain -> retain(db);
            case clear -> clear(db);
            case dump -> dump(state(db).eventLog(name())::dump);
            case load -> load(db);
        }
        return OK;
    }

    private String name() {
        return words.getFirst();
    }

    private Written written(String said, String what) {
        return new Written(said, Json.object("branch", branchName(), what, name()));
    }

    /// Stored as it was typed, so that `1.0` stays that.
    private void append(Database db) {
        Json.Obj item = Json.object(
                "value",
                value(words.get(1)),
                "at",
                time.map(EventsTask::moment).map(Instant::toString).orElse(null));
        byte[] line = item.text().getBytes(UTF_8);
        write(db, transaction -> {
            load(transaction.eventLog(name())::load, line, LoadMode.ADD);
            return written("appended an event to " + name(), "appended");
        });
    }

    /// A moment as people write it: one of the calendar, or how long ago.
    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException notMoment) {
            boolean isAgo = text.matches("[0-9hms.]+[dhms]");
            if (isAgo) {
                return Instant.now().minus(time(text));
            }
            throw Failure.usage("a time is such as 2026-11-29T12:00:00Z, or 90s, 2h or 7d ago, not '" + text + "'");
        }
    }

    private TimeRange range() {
        TimeRange range = TimeRange.all();
        if (from.isPresent()) {
            range = range.from(moment(from.get()));
        }
        if (to.isPresent()) {
            range = range.to(moment(to.get()));
        }
        return reverse ? range.reversed() : range;
    }

    private void list(Snapshot state) {
        EventPage<Object> page = state.eventLog(name()).page(range(), limit());
        Table table = new Table().words("id").words("value");
        for (Event<Object> event : page.events()) {
            byte[] value = state.space(name()).get(event.id().getBytes(UTF_8)).orElseThrow();
            if (isJson()) {
                json(Json.object("id", event.id(), "at", event.at().toString(), "value", json(value)));
            }
            table.row(Text.of(event.id(), Style.CYAN), Text.of(Shown.value(value)));
        }
        if (!isJson()) {
            screen().table(table);
            page.next().ifPresent(_ -> screen().line("  there are more: --limit " + 10L * limit()));
        }
    }

    private void delete(Database db) {
        String id = words.get(1);
        Snapshot before = branch(db).snapshot();
        if (before.eventLog(name()).find(id).isEmpty()) {
            throw missing(
                    before,
                    "log",
                    name(),
                    "there is no event '" + id + "' in " + name() + "; see what there is: coppice events list "
                            + name());
        }
        write(db, transaction -> {
            transaction.eventLog(name()).remove(id);
            return written("removed an event of " + name(), "removed");
        });
    }

    private void trim(Database db) {
        Instant before = moment(to.orElseThrow());
        write(db, transaction -> {
            long events = transaction.eventLog(name()).trim(before);
            return new Written(
                    "removed " + events + (events == 1 ? " event of " : " events of ") + name(),
                    Json.object("branch", branchName(), "trimmed", name(), "events", events));
        });
    }

    private void retain(Database db) {
        Optional<Duration> oldest = age.map(StructureTask::time);
        write(db, transaction -> {
            EventLog<Object> log = transaction.eventLog(name());
            log.retain(new Retention(oldest, most));
            return written("said how long events of " + name() + " stay", "retained");
        });
    }

    private void clear(Database db) {
        write(db, transaction -> {
            transaction.eventLog(name()).clear();
            return written("cleared " + name(), "cleared");
        });
    }

    private void load(Database db) {
        String file = words.get(1);
        byte[] lines = content(file);
        write(db, transaction -> {
            load(transaction.eventLog(name())::load, lines, loading.mode());
            return written("loaded " + file + " into " + name(), "loaded");
        });
    }
}
