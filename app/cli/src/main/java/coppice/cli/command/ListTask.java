package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;
import coppice.api.Entry;
import coppice.api.Range;
import coppice.api.Snapshot;
import coppice.api.structure.LoadMode;
import coppice.api.structure.Sequence;
import coppice.api.structure.SequenceView;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reads and changes lists: values in an order of their own.
final class ListTask extends StructureTask {
    private enum Step {
        push(2, "NAME VALUE..."),
        prepend(2, "NAME VALUE"),
        insert(3, "NAME INDEX VALUE"),
        get(2, "NAME INDEX"),
        set(3, "NAME INDEX VALUE"),
        del(2, "NAME INDEX"),
        pop(1, "NAME"),
        shift(1, "NAME"),
        move(3, "NAME FROM TO"),
        show(1, "NAME"),
        find(2, "NAME VALUE"),
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
            description = "push NAME VALUE..., prepend NAME VALUE, insert NAME INDEX VALUE, get NAME INDEX, "
                    + "set NAME INDEX VALUE, del NAME INDEX, pop NAME (print and remove the last), shift NAME (the "
                    + "first), move NAME FROM TO, show NAME, find NAME VALUE (print its index), count NAME, clear "
                    + "NAME, dump NAME (JSON lines to standard output), or load NAME FILE. A value is JSON, or else "
                    + "text; - stands for standard input. An index is 0 for the first, -1 for the last.")
    private Step step = Step.show;

    @Parameters(index = "1..*", paramLabel = "WORDS", arity = "1..*", description = "What the step takes.")
    private List<String> words = List.of();

    @Option(names = "--from", paramLabel = "INDEX", description = "With show: from this one on; 0 is the first.")
    private Optional<Long> from = Optional.empty();

    @Option(names = "--reverse", description = "With show: from the end, or from --from backward.")
    private boolean reverse;

    @Mixin
    private final LoadOption loading = new LoadOption();

    @Override
    boolean takesNegativeNumbers() {
        return true;
    }

    @Override
    boolean mayCreate() {
        return step == Step.push || step == Step.prepend || step == Step.load;
    }

    @Override
    void checkWords() {
        boolean isRight = step == Step.push ? words.size() >= step.words : words.size() == step.words;
        Optional<String> option =
                words.stream().filter(word -> word.startsWith("--")).findFirst();
        if (option.isPresent()) {
            throw Failure.usage("there is no option " + option.get());
        }
        if (!isRight) {
            throw Failure.usage("coppice list " + step + " " + step.usage);
        }
    }

    @Override
    int run(Database db) {
        switch (step) {
            case push -> push(db);
            case prepend -> insert(db, 0, value(words.get(1)), "put first in " + name(), "prepended");
            case insert ->
                insert(db, index(1), value(words.get(2)), "inserted at " + words.get(1) + " of " + name(), "inserted");
            case get -> get(db);
            case set -> set(db);
            case del -> take(db, this::found);
            case pop -> take(db, list -> list.count() - 1);
            case shift -> take(db, list -> list.count() == 0 ? -1 : 0);
            case move -> move(db);
            case show -> show(db);
            case find -> find(db);
            case count -> number("count", list(state(db)).count());
            case clear -> write(db, "cleared " + name(), "cleared", Sequence::clear);
            case dump -> dump(list(state(db))::dump);
            case load -> load(db);
        }
        return OK;
    }

    private String name() {
        return words.getFirst();
    }

    private long index(int word) {
        try {
            return Long.parseLong(words.get(word));
        } catch (NumberFormatException notNumber) {
            throw Failure.usage(
                    "an index is a whole number, 0 for the first and -1 for the last, not '" + words.get(word) + "'");
        }
    }

    /// Puts values as they are typed behind the last, exactly.
    private void append(Sequence<Object> list, Json... values) {
        StringBuilder lines = new StringBuilder();
        for (Json value : values) {
            lines.append(Json.object("value", value).text()).append('\n');
        }
        load(list::load, lines.toString().getBytes(UTF_8), LoadMode.ADD);
    }

    private void push(Database db) {
        Json[] values = words.stream().skip(1).map(this::value).toArray(Json[]::new);
        write(db, "pushed " + values.length + " to " + name(), "pushed", list -> append(list, values));
    }

    private void insert(Database db, long index, Json value, String said, String what) {
        write(db, said, what, list -> {
            append(list, value);
            // What is last now was not there when the index was counted from the end.
            Object typed = list.pop().orElseThrow();
            list.insert(index, typed);
        });
    }

    private void set(Database db) {
        Json value = value(words.get(2));
        write(db, "set " + words.get(1) + " of " + name(), "set", list -> {
            append(list, value);
            Object typed = list.pop().orElseThrow();
            list.set(index(1), typed);
        });
    }

    private void move(Database db) {
        String said = "moved " + words.get(1) + " to " + words.get(2) + " in " + name();
        write(db, said, "moved", list -> list.move(index(1), index(2)));
    }

    /// The index of a value that must be there, from the beginning.
    private long found(SequenceView<Object> list) {
        long index = index(1);
        list.get(index); // or says how many there are
        return index < 0 ? index + list.count() : index;
    }

    private void get(Database db) {
        Snapshot state = state(db);
        long index = found(list(state));
        print(state.space(name()).select(index).orElseThrow().value(), Optional.of(index));
    }

    private void print(byte[] value, Optional<Long> index) {
        print(value, () -> index.map(at -> item(at, value)).orElseGet(() -> Json.object("value", json(value))));
    }

    /// The list, where there is one.
    private SequenceView<Object> list(Snapshot state) {
        if (state.structures().find(name()).isEmpty()) {
            throw missing(state, "list", name(), "");
        }
        return state.list(name());
    }

    /// Removes a value and prints it.
    private void take(Database db, ToLongFunction<Sequence<Object>> which) {
        byte[] taken = branch(db)
                .transact(transaction -> {
                    Sequence<Object> list = transaction.list(name());
                    long index = which.applyAsLong(list);
                    Optional<Entry> row = index < 0
                            ? Optional.empty()
                            : transaction.space(name()).select(index);
                    if (row.isPresent()) {
                        list.remove(index);
                    }
                    return row.map(Entry::value);
                })
                .orElseThrow(() -> new Failure("there is nothing in the list '" + name() + "'"));
        print(taken, Optional.empty());
    }

    private void show(Database db) {
        Snapshot state = state(db);
        long count = list(state).count();
        long first = from.orElse(reverse ? -1L : 0L);
        long index = first < 0 ? first + count : first;
        int step = reverse ? -1 : 1;
        Table table = new Table().numbers("index").words("value");
        for (int shown = 0; shown < limit() && index >= 0 && index < count; shown++, index += step) {
            byte[] value = state.space(name()).select(index).orElseThrow().value();
            if (isJson()) {
                json(item(index, value));
            }
            table.row(Text.of(Long.toString(index), Style.CYAN), Text.of(Shown.value(value)));
        }
        if (!isJson()) {
            screen().table(table);
            if (index >= 0 && index < count) {
                screen().line("  there are more: --from " + index);
            }
        }
    }

    private void find(Database db) {
        Snapshot state = state(db);
        Json value = value(words.get(1));
        OptionalLong index = OptionalLong.empty();
        try (Stream<Entry> rows = state.space(name()).entries(Range.all())) {
            long[] at = {-1};
            index = rows.peek(_ -> at[0]++)
                    .filter(row -> json(row.value()).equals(value))
                    .mapToLong(_ -> at[0])
                    .findFirst();
        }
        if (index.isEmpty()) {
            throw new Failure("there is no such value in " + name());
        }
        number("index", index.getAsLong());
    }

    private static Json.Obj item(long index, byte[] value) {
        return Json.object("index", index, "value", json(value));
    }

    private void load(Database db) {
        String file = words.get(1);
        byte[] lines = content(file);
        LoadMode mode = loading.mode();
        write(db, "loaded " + file + " into " + name(), "loaded", list -> load(list::load, lines, mode));
    }

    private void write(Database db, String said, String what, Consumer<Sequence<Object>> body) {
        write(db, transaction -> {
            body.accept(transaction.list(name()));
            return new Written(said, Json.object("branch", branchName(), what, name()));
        });
    }
}
