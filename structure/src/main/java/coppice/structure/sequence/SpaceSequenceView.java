package coppice.structure.sequence;

import coppice.api.Cursor;
import coppice.api.Entry;
import coppice.api.Range;
import coppice.api.SpaceView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.SequenceView;
import coppice.api.structure.StructureInfo;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.ground.ReadGround;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A list over a space: a row for each value, under its [Place], in its stored form.
public class SpaceSequenceView<V> implements SequenceView<V> {
    final StructureInfo list;
    final Codec<V> codec;
    private final ReadGround ground;
    private final SpaceView rows;

    /// @param list what it is
    /// @param codec of its values
    public SpaceSequenceView(StructureInfo list, Codec<V> codec, ReadGround ground) {
        this.list = list;
        this.codec = codec;
        this.ground = ground;
        this.rows = ground.space(list.name());
    }

    @Override
    public String name() {
        return list.name();
    }

    @Override
    public long count() {
        return Indexes.count(rows);
    }

    @Override
    public V get(long index) {
        Optional<Entry> row = index < 0 ? find(still(), index) : rows.select(index);
        return decode(
                row.orElseThrow(() -> Indexes.outside(rows, index, count())).value(), "index " + index);
    }

    /// Rows that stay as they are now.
    private SpaceView still() {
        return ground.still().space(name());
    }

    private static Optional<Entry> find(SpaceView rows, long index) {
        long found = Indexes.fromStart(index, index < 0 ? Indexes.count(rows) : 0);
        return found < 0 ? Optional.empty() : rows.select(found);
    }

    @Override
    public Optional<V> first() {
        return rows.select(0).map(row -> decode(row.value(), "the first value"));
    }

    @Override
    public Optional<V> last() {
        return find(still(), -1).map(row -> decode(row.value(), "the last value"));
    }

    @Override
    public List<V> slice(long from, long to) {
        SpaceView still = still();
        long count = Indexes.count(still);
        long first = Math.max(0, Indexes.fromStart(from, count));
        long end = Math.min(count, Indexes.fromStart(to, count));
        try (Stream<Entry> found = first < end ? from(still, first) : Stream.empty()) {
            return found.limit(Math.max(0, end - first)).map(this::decode).toList();
        }
    }

    /// From a row on, which is found by its number: what was removed before it is not walked over.
    private static Stream<Entry> from(SpaceView rows, long index) {
        return rows.select(index).stream().flatMap(row -> rows.entries(Range.from(row.key())));
    }

    @Override
    public Stream<V> values(long from) {
        SpaceView still = still();
        long first = from < 0 ? Math.max(0, from + Indexes.count(still)) : from;
        return from(still, first).map(this::decode);
    }

    @Override
    public Stream<V> backward(long from) {
        SpaceView still = still();
        long count = Indexes.count(still);
        return find(still, Math.min(Indexes.fromStart(from, count), count - 1)).stream()
                .flatMap(row -> Stream.concat(
                        Stream.of(row), still.entries(Range.to(row.key()).reversed())))
                .map(this::decode);
    }

    @Override
    public OptionalLong indexOf(V value) {
        byte[] wanted = codec.encode(value, place("the value to find"));
        Optional<Json> parsed = isNested(wanted) ? JsonReader.tryParse(wanted) : Optional.empty();
        long index = 0;
        try (Cursor cursor = still().scan(Range.all())) {
            for (; cursor.next(); index++) {
                byte[] stored = cursor.value();
                boolean isSame = Arrays.equals(stored, wanted)
                        || (parsed.isPresent()
                                && isNested(stored)
                                && JsonReader.tryParse(stored).equals(parsed));
                if (isSame) {
                    return OptionalLong.of(index);
                }
            }
        }
        return OptionalLong.empty();
    }

    /// Whether a stored form has members, which may be in another order, or may hold some that have.
    private static boolean isNested(byte[] stored) {
        return stored.length > 0 && (stored[0] == '{' || stored[0] == '[');
    }

    @Override
    public OptionalLong indexAt(String place) {
        byte[] key = HexFormat.of().parseHex(place);
        if (Place.of(key).isEmpty()) {
            throw new IllegalArgumentException("'" + place + "' is no place of a list: take one of a change");
        }
        SpaceView still = still();
        return still.contains(key) ? OptionalLong.of(still.rank(key)) : OptionalLong.empty();
    }

    @Override
    public long dump(OutputStream out, DumpFormat format) throws IOException {
        SpaceView still = still();
        long count = Indexes.count(still);
        try (Stream<Entry> all = still.entries(Range.all())) {
            Dump.write(
                    out,
                    format,
                    list,
                    count,
                    all.<Json>map(row -> Json.object("value", JsonReader.parse(row.value())))
                            .iterator());
        }
        return count;
    }

    private V decode(Entry row) {
        return decode(row.value(), "place " + place(row.key()));
    }

    final V decode(byte[] stored, String at) {
        V value = codec.decode(stored, place(at));
        if (value == null) {
            throw codec.isNull(place(at));
        }
        return value;
    }

    /// The text for the place of a key.
    static String place(byte[] key) {
        return HexFormat.of().formatHex(key);
    }

    final Codec.Place place(String at) {
        return new Codec.Place(list.name(), at);
    }
}
