package coppice.structure.sketch;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Space;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.NamedLock;
import coppice.api.structure.Sketch;
import coppice.api.structure.SketchChange;
import coppice.api.structure.SketchOptions;
import coppice.api.structure.SketchQuestion;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.dump.DumpedItem;
import coppice.structure.ground.Contents;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Registered;
import coppice.structure.ground.RowFeed;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A sketch over a space, to change.
public final class SpaceSketch<V> extends SpaceSketchView<V> implements Sketch<V> {
    private final Ground ground;
    private final Registered registered;

    /// @param sketch what it is
    /// @param codec of its values
    /// @param options what it answers if it is not there
    public SpaceSketch(StructureInfo sketch, Codec<V> codec, Optional<SketchOptions> options, Ground ground) {
        super(sketch, codec, options, ground);
        this.ground = ground;
        this.registered = Registered.of(ground, sketch);
    }

    @Override
    public NamedLock lock() {
        return ground.lock(name());
    }

    @Override
    public void add(V value, long times) {
        if (times < 1) {
            throw new IllegalArgumentException("A value is added 1 or more times, not " + times);
        }
        addAll(List.of(item(value)), times);
    }

    @Override
    public void addAll(Collection<? extends V> values) {
        addAll(values.stream().map(this::item).toList(), 1);
    }

    private void addAll(List<SketchStep.Item> items, long times) {
        long mark = mark();
        registered.update(transaction -> {
            Space rows = transaction.space(name());
            Shape shape = ensured(rows);
            new SketchStep(shape, rows, mark).addAll(numbered(items, shape), times);
            return true;
        });
    }

    /// A number that no other writing has.
    private long mark() {
        return Fingerprint.of(ground.stamp().getBytes(UTF_8)).low();
    }

    private List<SketchStep.Item> numbered(List<SketchStep.Item> items, Shape shape) {
        return shape.answers(SketchQuestion.QUANTILES)
                ? items.stream()
                        .map(item -> new SketchStep.Item(item.print(), item.stored(), number(item.stored())))
                        .toList()
                : items;
    }

    /// The shape of a sketch that is about to be written to, whose options are stored.
    private Shape ensured(Space rows) {
        Shape shape = shape(rows)
                .orElseThrow(() -> new DatabaseException.NotFound(
                                ErrorCode.UNKNOWN_STRUCTURE,
                                "There is no sketch '" + name()
                                        + "' yet, and it was opened without options: open it with "
                                        + "those that say what it is to answer, and what is added first makes it")
                        .with("name", name()));
        ensure(rows, shape);
        return shape;
    }

    private static void ensure(Space rows, Shape shape) {
        if (!rows.contains(Part.options())) {
            rows.put(Part.options(), shape.row());
        }
    }

    @Override
    public void clear() {
        registered.update(transaction -> {
            Space rows = transaction.space(name());
            Optional<Shape> shape = shape(rows);
            Contents.clear(rows);
            shape.ifPresent(one -> ensure(rows, one));
            return true;
        });
    }

    @Override
    public void batched(Consumer<Sketch<V>> body) {
        ground.attempt(transaction -> {
            body.accept(given.map(shape -> transaction.sketch(name(), codec.type(), shape.options()))
                    .orElseGet(() -> transaction.sketch(name(), codec.type())));
            return true;
        });
    }

    @Override
    public long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException {
        List<DumpedItem> items = new ArrayList<>();
        Dump.read(in, format, sketch.kind(), items::add);
        if (items.isEmpty()) {
            return 0;
        }
        DumpedItem first = items.getFirst();
        if (DumpedRow.part(first) != Part.OPTIONS) {
            throw first.wrong("is the first, and not of the options");
        }
        Shape shape = DumpedRow.shape(first);
        long mark = mark();
        List<Loaded> rows = items.stream()
                .skip(1)
                .map(item -> new Loaded(item, row(item, shape, mark)))
                .toList();
        registered.update(transaction -> {
            load(transaction.space(name()), first, shape, rows, mode);
            return true;
        });
        return items.size();
    }

    /// An item of a dump and the row that it is.
    private record Loaded(DumpedItem item, Entry row) {}

    private Entry row(DumpedItem item, Shape shape, long mark) {
        Part part = DumpedRow.part(item);
        if (part == Part.TRACKED) {
            decode(item.value());
        }
        return DumpedRow.row(item, part, shape, mark);
    }

    private void load(Space rows, DumpedItem options, Shape shape, List<Loaded> loaded, LoadMode mode) {
        shape(rows).filter(there -> !Arrays.equals(there.row(), shape.row())).ifPresent(there -> {
            throw options.wrong("has other options than '" + name() + "', which are " + there.text());
        });
        if (mode == LoadMode.REPLACE) {
            Contents.clear(rows);
        }
        ensure(rows, shape);
        for (Loaded one : loaded) {
            byte[] key = one.row().key();
            byte[] both = MergedRow.of(
                            key, null, rows.get(key).orElse(null), one.row().value())
                    .orElseThrow(() -> one.item().wrong("is beyond what 64 bits hold, with what is there"));
            rows.put(key, both);
        }
    }

    @Override
    public StructureFeed<SketchChange> watch(FeedStart from) {
        return feed(from);
    }

    @Override
    public Listening on(Consumer<? super SketchChange> callback) {
        return feed(FeedStart.now()).tell(callback);
    }

    private RowFeed<SketchChange> feed(FeedStart from) {
        return RowFeed.together(ground, name(), from, SpaceSketch::changes, new SketchChange.Missed());
    }

    private static List<SketchChange> changes(List<RowChange> rows) {
        return rows.stream()
                .flatMap(row -> Part.of(row.key()).stream())
                .flatMap(part -> part.question().stream())
                .distinct()
                .sorted()
                .map(question -> (SketchChange) new SketchChange.Changed(question))
                .toList();
    }
}
