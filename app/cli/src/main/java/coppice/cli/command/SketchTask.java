package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.api.Transaction;
import coppice.api.structure.Estimate;
import coppice.api.structure.LoadMode;
import coppice.api.structure.Sketch;
import coppice.api.structure.SketchOptions;
import coppice.api.structure.SketchQuestion;
import coppice.api.structure.SketchView;
import coppice.api.structure.TopValues;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Adds values to sketches and asks them.
final class SketchTask extends StructureTask {
    private static final double FALSE_POSITIVES = 0.01;

    private enum Step {
        add(2, "NAME VALUE"),
        addall(2, "NAME FILE"),
        distinct(1, "NAME"),
        contains(2, "NAME VALUE"),
        frequency(2, "NAME VALUE"),
        top(1, "NAME"),
        quantile(2, "NAME RANK"),
        rank(2, "NAME NUMBER"),
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
            description = "add NAME VALUE, addall NAME FILE (a value in each line), distinct NAME (how many different "
                    + "values), contains NAME VALUE, frequency NAME VALUE (how often), top NAME (the most frequent), "
                    + "quantile NAME RANK (0.5 for the median), rank NAME NUMBER (which share is not greater), count "
                    + "NAME, clear NAME, dump NAME (JSON lines to standard output), or load NAME FILE. A value is "
                    + "JSON, or else text; - stands for standard input.")
    private Step step = Step.distinct;

    @Parameters(index = "1..*", paramLabel = "WORDS", arity = "1..*", description = "What the step takes.")
    private List<String> words = List.of();

    @Option(
            names = "--answers",
            paramLabel = "QUESTION",
            split = ",",
            description = "With add and addall, to make a sketch: distinct, membership, frequency, quantiles; several "
                    + "with commas.")
    private List<String> answers = List.of();

    @Option(
            names = "--expected",
            paramLabel = "N",
            description = "With --answers membership: how many different values there will be, 100,000 unless told "
                    + "otherwise.")
    private long expected = 100_000;

    @Option(names = "--times", paramLabel = "N", description = "With add: as if added so often.")
    private long times = 1;

    @Mixin
    private final LoadOption loading = new LoadOption();

    @Override
    boolean takesNegativeNumbers() {
        return true;
    }

    @Override
    boolean mayCreate() {
        return step == Step.add || step == Step.addall || step == Step.load;
    }

    @Override
    void checkWords() {
        if (words.size() != step.words) {
            throw Failure.usage("coppice sketch " + step + " " + step.usage);
        }
        if (times < 1 || expected < 1) {
            throw Failure.usage("--times and --expected are 1 or more");
        }
        answers.forEach(SketchTask::question);
    }

    private static SketchQuestion question(String word) {
        return Arrays.stream(SketchQuestion.values())
                .filter(question -> question.text().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Failure.usage(
                        "--answers is of distinct, membership, frequency and quantiles, not '" + word + "'"));
    }

    @Override
    int run(Database db) {
        switch (step) {
            case add -> add(db);
            case addall -> addAll(db);
            case distinct -> estimate("distinct", sketch(db).distinct());
            case contains -> contains(sketch(db).mightContain(object(value(words.get(1)))));
            case frequency -> estimate("frequency", sketch(db).frequency(object(value(words.get(1)))));
            case top -> top(sketch(db).top(limit()));
            case quantile -> figure("quantile", sketch(db).quantile(share()));
            case rank -> figure("rank", sketch(db).rank(object(value(words.get(1)))));
            case count -> number("count", sketch(db).count());
            case clear -> write(db, "cleared " + name(), "cleared", Sketch::clear);
            case dump -> dump(sketch(db)::dump);
            case load -> load(db);
        }
        return OK;
    }

    private String name() {
        return words.getFirst();
    }

    private double share() {
        try {
            double share = Double.parseDouble(words.get(1));
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException notNumber) {
            // as below
        }
        throw Failure.usage("a rank is from 0 for the least to 1 for the greatest, not '" + words.get(1) + "'");
    }

    private SketchView<Object> sketch(Database db) {
        Snapshot state = state(db);
        if (state.structures().find(name()).isEmpty()) {
            throw missing(state, "sketch", name(), "");
        }
        return state.sketch(name());
    }

    private Sketch<Object> opened(Transaction transaction) {
        if (!answers.isEmpty()) {
            return transaction.sketch(name(), options());
        }
        if (transaction.structures().find(name()).isEmpty() && step != Step.load) {
            throw new Failure(
                    "there is no sketch '" + name() + "' yet; say what it is to answer, as in: coppice sketch " + "add "
                            + name() + " VALUE --answers distinct,frequency");
        }
        return transaction.sketch(name());
    }

    private SketchOptions options() {
        List<SketchQuestion> questions =
                answers.stream().map(SketchTask::question).toList();
        SketchOptions options = SketchOptions.of(questions);
        return questions.contains(SketchQuestion.MEMBERSHIP)
                ? options.withMembership(expected, FALSE_POSITIVES)
                : options;
    }

    private void write(Database db, String said, String what, Consumer<Sketch<Object>> body) {
        write(db, transaction -> {
            body.accept(opened(transaction));
            return new Written(said, Json.object("branch", branchName(), what, name()));
        });
    }

    private void add(Database db) {
        Object value = object(value(words.get(1)));
        write(db, "added to " + name(), "added", sketch -> sketch.add(value, times));
    }

    private void addAll(Database db) {
        List<Object> values = new String(content(words.get(1)), UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> object(json(line.getBytes(UTF_8))))
                .toList();
        write(db, "added " + values.size() + " values to " + name(), "added", sketch -> sketch.addAll(values));
    }

    private void load(Database db) {
        byte[] lines = content(words.get(1));
        LoadMode mode = loading.mode();
        write(db, "loaded " + words.get(1) + " into " + name(), "loaded", sketch -> load(sketch::load, lines, mode));
    }

    /// A value as untyped structures take it, with numbers as they were typed.
    private static Object object(Json json) {
        Object value = UntypedJson.value(json);
        if (value == null) {
            throw Failure.usage("null cannot be added to a sketch, nor asked for");
        }
        return value;
    }

    private static Json.Obj document(String what, Estimate estimate) {
        return Json.object(what, estimate.value(), "lower", estimate.lower(), "upper", estimate.upper());
    }

    private void estimate(String what, Estimate estimate) {
        if (isJson()) {
            json(document(what, estimate));
        } else {
            screen().line(
                            estimate.lower() == estimate.upper()
                                    ? Long.toString(estimate.value())
                                    : estimate.value() + "  (" + estimate.lower() + " to " + estimate.upper() + ")");
        }
    }

    private void contains(boolean isThere) {
        if (isJson()) {
            json(Json.object("contains", isThere));
        } else {
            screen().line(isThere ? "probably" : "no");
        }
    }

    private void figure(String what, OptionalDouble figure) {
        double number = figure.orElseThrow(() -> new Failure("nothing was added to " + name() + " yet"));
        if (isJson()) {
            json(Json.object().with(what, new Json.Num(Double.toString(number))));
        } else {
            screen().line(Double.toString(number));
        }
    }

    private void top(TopValues<Object> top) {
        Table table = new Table().words("value").numbers("times").numbers("at least");
        for (TopValues.Frequent<Object> value : top.values()) {
            Json stored = UntypedJson.json(value.value());
            Estimate times = value.times();
            if (isJson()) {
                json(Json.object("value", stored)
                        .with("times", Json.of(times.value()))
                        .with("lower", Json.of(times.lower()))
                        .with("upper", Json.of(times.upper())));
            }
            table.row(
                    Text.of(stored instanceof Json.Str(String text) ? text : stored.text(), Style.CYAN),
                    Text.of(Long.toString(times.value())),
                    Text.of(Long.toString(times.lower())));
        }
        if (!isJson()) {
            screen().table(table);
        }
    }
}
