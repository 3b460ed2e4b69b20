package coppice.structure.set;

import coppice.api.Entry;
import coppice.api.Range;
import coppice.api.SpaceView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.SetOfView;
import coppice.api.structure.StructureInfo;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.ground.ReadGround;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Stream;

/// A set over a space, to read: a row for each element, in the stored form of its value.
public class SpaceSetView<V> implements SetOfView<V> {
    final StructureInfo set;
    final Codec<V> codec;
    private final ReadGround ground;

    /// @param set what it is
    /// @param codec of its values
    public SpaceSetView(StructureInfo set, Codec<V> codec, ReadGround ground) {
        this.set = set;
        this.codec = codec;
        this.ground = ground;
    }

    @Override
    public String name() {
        return set.name();
    }

    @Override
    public boolean contains(V value) {
        return ground.space(set.name()).contains(Elements.key(encode(value)));
    }

    final byte[] encode(V value) {
        return codec.encode(value, place());
    }

    final V decode(byte[] stored) {
        V value = codec.decode(stored, place());
        if (value == null) {
            throw codec.isNull(place());
        }
        return value;
    }

    private Codec.Place place() {
        return new Codec.Place(set.name(), "an element");
    }

    @Override
    public long count() {
        return ground.space(set.name()).count();
    }

    @Override
    public Stream<V> values() {
        return ground.still().space(set.name()).entries(Range.all()).map(row -> decode(row.value()));
    }

    @Override
    public long dump(OutputStream out, DumpFormat format) throws IOException {
        SpaceView still = ground.still().space(set.name());
        long count = still.count();
        try (Stream<Entry> rows = still.entries(Range.all())) {
            Stream<Json> items = rows.map(row -> Json.object("value", JsonReader.parse(row.value())));
            Dump.write(out, format, set, count, items.iterator());
        }
        return count;
    }
}
