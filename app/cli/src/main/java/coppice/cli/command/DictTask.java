package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Commit;
import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.api.Transaction;
import coppice.api.structure.Dict;
import coppice.api.structure.DictPage;
import coppice.api.structure.DictView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Keys;
import coppice.api.structure.LoadMode;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.source.InputException;
import coppice.cli.view.Shown;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reads and changes dicts: values by key.
final class DictTask extends ReadTask {
    private static final int ROWS = 50;

    private enum Step {
        put(3, "NAME KEY VALUE"),
        get(2, "NAME KEY"),
        del(2, "NAME KEY"),
        pop(2, "NAME KEY"),
        list(1, "NAME"),
        count(1, "NAME"),
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
            description = "put NAME KEY VALUE, get NAME KEY, del NAME KEY, pop NAME KEY (print and remove), list NAME, "
                    + "count NAME, clear NAME, dump NAME (JSON lines to standard output), or load NAME FILE. A value "
                    + "is JSON, or else text; - stands for standard input.")
    private Step step = Step.list;

    @Parameters(index = "1..*", paramLabel = "WORDS", arity = "1..*", description = "What the step takes.")
    private List<String> words = List.of();

    @Option(names = "--ttl", paramLabel = "TIME", description = "With put: for so long, such as 90s, 10m, 2h or 7d.")
    private Optional<String> lifetime = Optional.empty();

    @Option(names = "--prefix", paramLabel = "TEXT", description = "With list: keys that begin with this.")
    private String prefix = "";

    @Option(names = "--from", paramLabel = "KEY", description = "With list: keys from this one on.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--reverse", description = "With list: from the end.")
    private boolean reverse;

    @Option(names = "--limit", paramLabel = "N", description = "With list: at most so many, 50 unless told otherwise.")
    private int limit = ROWS;

    @Option(names = "--replace", description = "With load: what is in the dict goes.")
    private boolean replace;

    @Mixin
    private final VersionOption option = new VersionOption();

    @Override
    boolean mayCreate() {
        return step == Step.put || step == Step.load;
    }

    @Override
    void checkUsage() {
        if (words.size() != step.words) {
            throw Failure.usage("coppice dict " + step + " " + step.usage);
        }
        if (limit < 1) {
            throw Failure.usage("--limit is 1 or more");
        }
        if (lifetime.isPresent() && step != Step.put) {
            throw Failure.usage("--ttl is for put");
        }
    }

    @Override
    int run(Database db) {
        switch (step) {
            case put -> put(db);
            case get -> get(db);
            case del -> delete(db);
            case pop -> pop(db);
            case list -> list(db);
            case count -> count(db);
            case clear -> write(db, "cleared " + name(), "cleared", Dict::clear);
            case dump -> dump(db);
            case load -> load(db);
        }
        return OK;
    }

    private String name() {
        return words.getFirst();
    }

    private String key() {
        return words.get(1);
    }

    private void put(Database db) {
        Json.Obj item = Json.object(
                "key",
                key(),
                "value",
                value(words.get(2)),
                "expires",
                lifetime.map(DictTask::time)
                        .map(time -> Instant.now().plus(time).toString())
                        .orElse(null));
        byte[] line = item.text().getBytes(UTF_8);
        write(
                db,
                "put " + name() + " " + key(),
                "put",
                dict -> load(dict, new ByteArrayInputStream(line), LoadMode.ADD));
    }

    private Json value(String word) {
        byte[] text = word.equals("-") ? input() : word.getBytes(UTF_8);
        return json(text);
    }

    private static Json json(byte[] text) {
        return JsonReader.tryParse(text).orElseGet(() -> Json.of(new String(text, UTF_8)));
    }

    private byte[] input() {
        try {
            return shell().in().readAllBytes();
        } catch (IOException failure) {
            throw new Failure("standard input cannot be read: " + InputException.reason(failure), failure);
        }
    }

    /// A length of time as people write it.
    static Duration time(String text) {
        try {
            boolean isDays = text.endsWith("d");
            Duration time = Duration.parse((isDays ? "P" : "PT") + text.toUpperCase(Locale.ROOT));
            if (time.isPositive()) {
                return time;
            }
        } catch (DateTimeParseException notTime) {
            // as below
        }
        throw Failure.usage("a time is a number with s, m, h or d, such as 90s or 1h30m, not '" + text + "'");
    }

    private void get(Database db) {
        Snapshot state = state(db);
        DictView<Object> dict = state.dict(name());
        if (!dict.contains(key())) {
            throw missing(state);
        }
        show(state, dict, key());
    }

    private Failure missing(Snapshot state) {
        boolean isThere = state.structures().find(name()).isPresent();
        return new Failure(
                isThere
                        ? "there is no key '" + key() + "' in " + name() + "; see what there is: coppice dict list "
                                + name()
                        : "there is no dict '" + name() + "'; see what there is: coppice structures"
                                + Suggestion.instead(
                                        line(),
                                        name(),
                                        state.structures().all().stream()
                                                .map(one -> one.name())
                                                .toList()));
    }

    private void show(Snapshot state, DictView<Object> dict, String key) {
        byte[] value = state.space(name()).get(key.getBytes(UTF_8)).orElseThrow();
        print(value, () -> item(dict, key, value));
    }

    private void print(byte[] value, Supplier<Json.Obj> document) {
        if (isJson()) {
            json(document.get());
        } else {
            shell().out().write(value, 0, value.length);
            shell().out().println();
        }
    }

    private static Json.Obj item(DictView<Object> dict, String key, byte[] value) {
        return Json.object(
                "key",
                key,
                "value",
                json(value),
                "expires",
                dict.expiry(key).map(Instant::toString).orElse(null));
    }

    private void delete(Database db) {
        Snapshot before = branch(db).snapshot();
        if (!before.dict(name()).contains(key())) {
            throw missing(before);
        }
        write(db, "removed " + key() + " from " + name(), "removed", dict -> dict.remove(key()));
    }

    private void pop(Database db) {
        Optional<byte[]> value = branch(db).transact(transaction -> {
            Dict<Object> dict = transaction.dict(name());
            Optional<byte[]> found =
                    dict.contains(key()) ? transaction.space(name()).get(key().getBytes(UTF_8)) : Optional.empty();
            dict.remove(key());
            return found;
        });
        byte[] found = value.orElseThrow(() -> missing(branch(db).snapshot()));
        print(found, () -> Json.object("key", key(), "value", json(found)));
    }

    private void list(Database db) {
        Snapshot state = state(db);
        DictView<Object> dict = state.dict(name());
        Keys keys = from.map(Keys.prefix(prefix)::from).orElseGet(() -> Keys.prefix(prefix));
        DictPage<Object> page = dict.page(reverse ? keys.reversed() : keys, limit);
        Table table = new Table().words("key").words("value").words("until");
        page.entries().forEach(entry -> {
            byte[] value = state.space(name()).get(entry.key().getBytes(UTF_8)).orElseThrow();
            if (isJson()) {
                json(item(dict, entry.key(), value));
            }
            table.row(
                    Text.of(Shown.key(entry.key().getBytes(UTF_8)), Style.CYAN),
                    Text.of(Shown.value(value)),
                    Text.of(dict.expiry(entry.key()).map(Instant::toString).orElse("-")));
        });
        if (!isJson()) {
            screen().table(table);
            page.next()
                    .flatMap(next -> next.isReversed() ? next.to() : next.from())
                    .ifPresent(_ -> screen().line("  there are more: --limit " + 10 * limit));
        }
    }

    private void count(Database db) {
        long count = state(db).dict(name()).count();
        if (isJson()) {
            json(Json.object("count", count));
        } else {
            screen().line(Long.toString(count));
        }
    }

    private void dump(Database db) {
        try {
            state(db).dict(name()).dump(shell().out(), DumpFormat.LINES);
        } catch (IOException failure) {
            throw new Failure("the dump cannot be written: " + InputException.reason(failure), failure);
        }
    }

    private void load(Database db) {
        String file = words.get(1);
        LoadMode mode = replace ? LoadMode.REPLACE : LoadMode.ADD;
        byte[] lines = file.equals("-") ? input() : content(file);
        write(
                db,
                "loaded " + file + " into " + name(),
                "loaded",
                dict -> load(dict, new ByteArrayInputStream(lines), mode));
    }

    private byte[] content(String file) {
        try {
            return Files.readAllBytes(shell().directory().resolve(file));
        } catch (IOException failure) {
            throw new Failure(file + " cannot be read: " + InputException.reason(failure), failure);
        }
    }

    private static void load(Dict<Object> dict, InputStream lines, LoadMode mode) {
        try {
            dict.load(lines, DumpFormat.LINES, mode);
        } catch (IOException impossible) {
            throw new Failure("the dump cannot be read: " + InputException.reason(impossible), impossible);
        }
    }

    private void write(Database db, String said, String what, Consumer<Dict<Object>> body) {
        Optional<Commit> version = option.write(branch(db), (Transaction tx) -> body.accept(tx.dict(name())));
        Json.Obj document = words.size() > 1 && step != Step.load
                ? Json.object("branch", branchName(), what, name(), "key", key())
                : Json.object("branch", branchName(), what, name());
        done(VersionOption.said(said + " on " + branchName(), version), VersionOption.document(document, version));
    }
}
