package coppice.structure.sketch;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.SpaceView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Estimate;
import coppice.api.structure.SketchOptions;
import coppice.api.structure.SketchQuestion;
import coppice.api.structure.SketchView;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.TopValues;
import coppice.json.Json;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.ground.ReadGround;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A sketch over a space, to read: rows of the parts that its questions need.
public class SpaceSketchView<V> implements SketchView<V> {
    private static final Set<Class<?>> NUMBERS = Set.of(
            Long.class,
            Integer.class,
            Short.class,
            Byte.class,
            Double.class,
            Float.class,
            BigDecimal.class,
            BigInteger.class,
            Number.class,
            Object.class);

    final StructureInfo sketch;
    final Codec<V> codec;
    final Optional<Shape> given;
    private final ReadGround ground;

    /// The shape of options that were read before: to save reading them again.
    private volatile @Nullable Shape known;

    /// @param sketch what it is
    /// @param codec of its values
    /// @param options what it answers if it is not there
    /// @throws DatabaseException.Incorrect when it answers something else, or what values of this type cannot
    public SpaceSketchView(StructureInfo sketch, Codec<V> codec, Optional<SketchOptions> options, ReadGround ground) {
        this.sketch = sketch;
        this.codec = codec;
        this.given = options.map(Shape::of);
        this.ground = ground;
        shape(ground.space(name())).ifPresent(this::checkType);
    }

    private void checkType(Shape shape) {
        if (shape.answers(SketchQuestion.QUANTILES)
                && !NUMBERS.contains(codec.type().type())) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.VALUE_MISFIT,
                            "The sketch '" + name() + "' answers quantiles, which are of numbers, and " + codec.type()
                                    + " is none: take a type such as Double or Long, or options without quantiles")
                    .with("structure", name());
        }
    }

    @Override
    public String name() {
        return sketch.name();
    }

    /// What the rows are shaped by, if there is something that says it.
    ///
    /// @throws DatabaseException.Incorrect when that is other than what it was opened with
    final Optional<Shape> shape(SpaceView rows) {
        Optional<Shape> stored = SketchState.options(rows).map(this::shape);
        stored.ifPresent(this::check);
        return stored.or(() -> given);
    }

    private Shape shape(byte[] options) {
        Shape before = known;
        if (before != null && Arrays.equals(before.row(), options)) {
            return before;
        }
        Shape shape = Shape.of(StoredOptions.decode(options)
                .orElseThrow(() -> codec.isNone(place("the options"), "they are no options of a sketch. Drop it")));
        known = shape;
        return shape;
    }

    private void check(Shape stored) {
        given.filter(wanted -> !Arrays.equals(wanted.row(), stored.row())).ifPresent(wanted -> {
            throw new DatabaseException.Incorrect(
                            ErrorCode.OTHER_STRUCTURE,
                            "The sketch '" + name() + "' was made with the options " + stored.text() + ", not with "
                                    + wanted.text() + ": open it without options, or take another name")
                    .with("name", name())
                    .with("options", stored.text());
        });
    }

    final Codec.Place place(String at) {
        return new Codec.Place(name(), at);
    }

    final SketchStep.Item item(V value) {
        return item(codec.encode(value, place("a value")));
    }

    static SketchStep.Item item(byte[] stored) {
        return new SketchStep.Item(Fingerprint.of(stored), stored, 0);
    }

    /// The number that a value is.
    final double number(byte[] stored) {
        String text = new String(stored, UTF_8);
        double number = Json.isNumber(text) ? new BigDecimal(text).doubleValue() : Double.NaN;
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.VALUE_MISFIT,
                            "The sketch '" + name() + "' answers quantiles, so its values are numbers that a double "
                                    + "can come close to, not " + text)
                    .with("structure", name());
        }
        return number;
    }

    /// Answers a question, as of one moment.
    private <T> T ask(SketchQuestion question, T ofNothing, Function<SketchState, T> answer) {
        SpaceView rows = ground.still().space(name());
        Optional<Shape> shape = shape(rows);
        shape.ifPresent(one -> one.require(name(), question));
        return shape.map(one -> answer.apply(new SketchState(one, rows))).orElse(ofNothing);
    }

    @Override
    public Optional<SketchOptions> options() {
        return shape(ground.space(name())).map(Shape::options);
    }

    @Override
    public Estimate distinct() {
        return ask(SketchQuestion.DISTINCT, new Estimate(0, 0, 0), state -> state.distinct.estimate());
    }

    @Override
    public boolean mightContain(V value) {
        Fingerprint print = item(value).print();
        return ask(SketchQuestion.MEMBERSHIP, false, state -> state.membership.mightContain(print));
    }

    @Override
    public Estimate frequency(V value) {
        Fingerprint print = item(value).print();
        return ask(SketchQuestion.FREQUENCY, new Estimate(0, 0, 0), state -> state.frequency(print));
    }

    @Override
    public TopValues<V> top(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("At least the 1 most frequent value is asked for, not " + most);
        }
        return ask(SketchQuestion.FREQUENCY, new TopValues<>(List.of(), 0), state -> {
            Totals totals = state.totals();
            List<TopValues.Frequent<V>> values = state.tracked().stream()
                    .filter(value -> value.times() > 0)
                    .limit(most)
                    .map(value -> new TopValues.Frequent<>(decode(value.stored()), state.times(value.times(), totals)))
                    .toList();
            return new TopValues<>(values, Math.max(0, totals.floor()));
        });
    }

    final V decode(byte[] stored) {
        V value = codec.decode(stored, place("a value"));
        if (value == null) {
            throw codec.isNull(place("a value"));
        }
        return value;
    }

    @Override
    public OptionalDouble quantile(double rank) {
        if (!(rank >= 0 && rank <= 1)) {
            throw new IllegalArgumentException("A rank is from 0 for the least to 1 for the greatest, not " + rank);
        }
        return ask(SketchQuestion.QUANTILES, OptionalDouble.empty(), state -> state.quantiles.quantile(rank));
    }

    @Override
    public OptionalDouble rank(V value) {
        byte[] stored = item(value).stored();
        return ask(SketchQuestion.QUANTILES, OptionalDouble.empty(), state -> state.quantiles.rank(number(stored)));
    }

    @Override
    public long count() {
        SpaceView rows = ground.still().space(name());
        Optional<Shape> shape = shape(rows);
        shape.filter(one -> !one.counts()).ifPresent(one -> {
            throw one.notAnswered(name(), "how often something was added");
        });
        return shape.map(one -> Math.max(0, new SketchState(one, rows).totals().added()))
                .orElse(0L);
    }

    @Override
    public long dump(OutputStream out, DumpFormat format) throws IOException {
        SpaceView still = ground.still().space(name());
        Optional<Shape> shape = shape(still);
        List<Range> parts =
                shape.stream().flatMap(one -> DumpedRow.ranges(one.tag())).toList();
        long count = parts.stream().mapToLong(still::count).sum();
        try (Stream<Entry> rows = parts.stream().flatMap(still::entries)) {
            Dump.write(out, format, sketch, count, rows.map(DumpedRow::item).iterator());
        }
        return count;
    }
}
