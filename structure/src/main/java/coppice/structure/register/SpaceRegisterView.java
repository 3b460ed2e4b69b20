package coppice.structure.register;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.structure.DumpFormat;
import coppice.api.structure.RegisterView;
import coppice.api.structure.StructureInfo;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.ground.ReadGround;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.stream.Stream;

/// A register over a space, to read: the row `value`, in the stored form of its value.
public class SpaceRegisterView<V> implements RegisterView<V> {
    static final byte[] KEY = "value".getBytes(UTF_8);

    final StructureInfo register;
    final Codec<V> codec;
    private final ReadGround ground;

    /// @param register what it is
    /// @param codec of its value
    public SpaceRegisterView(StructureInfo register, Codec<V> codec, ReadGround ground) {
        this.register = register;
        this.codec = codec;
        this.ground = ground;
    }

    @Override
    public String name() {
        return register.name();
    }

    @Override
    public Optional<V> get() {
        return stored().flatMap(this::decode);
    }

    private Optional<byte[]> stored() {
        return ground.space(register.name()).get(KEY);
    }

    final Optional<V> decode(byte[] stored) {
        return Optional.ofNullable(codec.decode(stored, place()));
    }

    final Codec.Place place() {
        return new Codec.Place(register.name(), "the value");
    }

    @Override
    public long dump(OutputStream out, DumpFormat format) throws IOException {
        Optional<byte[]> stored = stored();
        Stream<Json> items = stored.map(value -> (Json) Json.object("value", JsonReader.parse(value))).stream();
        Dump.write(out, format, register, stored.isPresent() ? 1 : 0, items.iterator());
        return stored.isPresent() ? 1 : 0;
    }
}
