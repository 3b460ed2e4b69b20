package coppice.structure.sketch;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Entry;
import coppice.api.Range;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.structure.dump.DumpedItem;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// A row of a sketch as an item of a dump: an object with `part`, and what the part has.
final class DumpedRow {
    private static final String PART = "part";
    private static final String AT = "at";
    private static final String BYTES = "bytes";
    private static final String COUNTS = "counts";
    private static final String VALUE = "value";
    private static final int TOTALS = 3;

    private DumpedRow() {}

    /// The rows of a sketch, its options first. Those of other options, which a merge may have left, are none of
    /// it.
    static Stream<Range> ranges(short tag) {
        return Stream.of(Part.values())
                .map(part -> part == Part.OPTIONS ? Range.prefix(Part.options()) : part.range(tag));
    }

    static Json item(Entry row) {
        Part part = Part.of(row.key()).orElseThrow();
        Json.Obj item = Json.object(PART, part.text());
        byte[] stored = row.value();
        return switch (part) {
            case OPTIONS -> item.with(VALUE, JsonReader.parse(stored));
            case TOTALS -> counts(item, stored, TOTALS);
            case CELLS -> counts(at(item, row), stored, Frequencies.PIECE_CELLS);
            case BUCKETS -> counts(at(item, row), stored, Quantiles.PIECE_BUCKETS);
            case REGISTERS, BITS ->
                at(item, row).with(BYTES, Json.of(Base64.getEncoder().encodeToString(stored)));
            case TRACKED ->
                item.with(
                        VALUE,
                        JsonReader.parse(Tracked.decode(stored).orElseThrow().stored()));
        };
    }

    private static Json.Obj at(Json.Obj item, Entry row) {
        return item.with(AT, Json.of(Part.at(row.key())));
    }

    private static Json counts(Json.Obj item, byte[] stored, int size) {
        List<Json> counts = LongStream.of(
                        Cells.decode(stored, size).orElseThrow().counts())
                .mapToObj(Json::of)
                .toList();
        return item.with(COUNTS, new Json.Arr(counts));
    }

    /// What part an item is of.
    static Part part(DumpedItem item) {
        String text = item.requiredText(PART);
        return Stream.of(Part.values())
                .filter(part -> part.text().equals(text))
                .findFirst()
                .orElseThrow(() -> item.wrong("has a 'part' that is none of a sketch"));
    }

    /// The shape that an item says, which is of the options.
    static Shape shape(DumpedItem item) {
        return StoredOptions.decode(item.value())
                .map(Shape::of)
                .orElseThrow(() -> item.wrong("has a 'value' that is no options of a sketch"));
    }

    /// The row that an item is, of another part.
    ///
    /// @param mark for what has one
    static Entry row(DumpedItem item, Part part, Shape shape, long mark) {
        short tag = shape.tag();
        return switch (part) {
            case OPTIONS -> throw item.wrong("is not the first: options are");
            case TOTALS -> new Entry(part.key(tag), counts(item, TOTALS, mark));
            case CELLS -> {
                int bound = ceil(Frequencies.DEPTH * shape.width(), Frequencies.PIECE_CELLS);
                yield new Entry(part.key(tag, at(item, 0, bound)), counts(item, Frequencies.PIECE_CELLS, mark));
            }
            case BUCKETS ->
                new Entry(
                        part.key(tag, at(item, Integer.MIN_VALUE, Integer.MAX_VALUE)),
                        counts(item, Quantiles.PIECE_BUCKETS, mark));
            case REGISTERS -> {
                int bound = 1 << (shape.precision() - Distinct.PIECE_PRECISION);
                yield new Entry(part.key(tag, at(item, 0, bound)), bytes(item, Distinct.PIECE_BYTES));
            }
            case BITS -> new Entry(part.key(tag, at(item, 0, shape.blocks())), bytes(item, Membership.BLOCK_BYTES));
            case TRACKED -> {
                byte[] stored = item.value();
                yield new Entry(part.key(tag, Fingerprint.of(stored)), new Tracked(mark, stored).encode());
            }
        };
    }

    private static int ceil(int number, int by) {
        return (number + by - 1) / by;
    }

    private static int at(DumpedItem item, int least, int bound) {
        Optional<Integer> at = item.number(AT).flatMap(number -> {
            try {
                return Optional.of(number.intValueExact());
            } catch (ArithmeticException none) {
                return Optional.empty();
            }
        });
        return at.filter(number -> number >= least && number < bound)
                .orElseThrow(() -> item.wrong("has no 'at' that is a number of a row"));
    }

    private static byte[] bytes(DumpedItem item, int size) {
        try {
            byte[] bytes = Base64.getDecoder().decode(item.requiredText(BYTES).getBytes(UTF_8));
            if (bytes.length == size) {
                return bytes;
            }
        } catch (IllegalArgumentException none) {
            // as below
        }
        throw item.wrong("has no 'bytes' that are " + size + " in base64");
    }

    private static byte[] counts(DumpedItem item, int size, long mark) {
        if (item.members().get(COUNTS) instanceof Json.Arr(List<Json> all) && all.size() == size) {
            try {
                long[] counts = new long[size];
                Arrays.setAll(counts, i -> count(item, all.get(i)));
                return new Cells(mark, counts).encode();
            } catch (ArithmeticException none) {
                // as below
            }
        }
        throw wrongCounts(item, size);
    }

    private static long count(DumpedItem item, Json json) {
        if (json instanceof Json.Num number) {
            return number.value().longValueExact();
        }
        throw item.wrong("has 'counts' that are no numbers");
    }

    private static RuntimeException wrongCounts(DumpedItem item, int size) {
        return item.wrong("has no 'counts' that are " + size + " integers of 64 bits");
    }
}
