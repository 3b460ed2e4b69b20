package coppice.api.crdt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A map of which an addition beside a removal of the same key survives. Two values put under one key at once are both
/// kept until somebody puts another: the keys are those of an [AddWinsSet], the values those of a
/// [MultiValueRegister].
public final class AddWinsMap implements Crdt<AddWinsMap> {
    private static final AddWinsMap EMPTY = new AddWinsMap(Dots.NONE);

    private final Dots dots;

    private AddWinsMap(Dots dots) {
        this.dots = dots;
    }

    /// A map without entries.
    public static AddWinsMap empty() {
        return EMPTY;
    }

    /// Reads what [#encode()] wrote.
    ///
    /// @throws IllegalArgumentException when the bytes are anything else
    public static AddWinsMap decode(byte[] bytes) {
        Reader in = Reader.of(CrdtKind.ADD_WINS_MAP, bytes);
        Dots dots = Dots.read(in, true);
        in.end();
        return new AddWinsMap(dots);
    }

    /// This map with a value under a key, in place of all that are there.
    ///
    /// @param replica who puts
    /// @throws IllegalArgumentException when the replica's name is too long
    public AddWinsMap put(String replica, byte[] key, byte[] value) {
        return new AddWinsMap(dots.write(replica, new Octets(key.clone()), new Octets(value.clone())));
    }

    /// As [#put(String, byte[], byte[])], of text.
    public AddWinsMap put(String replica, String key, String value) {
        return new AddWinsMap(dots.write(replica, Octets.of(key), Octets.of(value)));
    }

    /// This map without a key.
    public AddWinsMap remove(byte[] key) {
        return new AddWinsMap(dots.remove(new Octets(key)));
    }

    /// As [#remove(byte[])], of text.
    public AddWinsMap remove(String key) {
        return new AddWinsMap(dots.remove(Octets.of(key)));
    }

    /// The values under a key: none, one, or several that were put at once, in an order that is the same for all.
    public List<byte[]> values(byte[] key) {
        return dots.values(new Octets(key));
    }

    /// One value of a key, the same for all who have the same map.
    public Optional<String> text(String key) {
        List<byte[]> values = dots.values(Octets.of(key));
        return values.isEmpty() ? Optional.empty() : Optional.of(new String(values.getLast(), StandardCharsets.UTF_8));
    }

    /// The keys, in the order of their bytes.
    public List<byte[]> keys() {
        return dots.keys();
    }

    @Override
    public CrdtKind kind() {
        return CrdtKind.ADD_WINS_MAP;
    }

    @Override
    public AddWinsMap merge(AddWinsMap other) {
        return new AddWinsMap(dots.merge(other.dots));
    }

    @Override
    public byte[] encode() {
        Writer out = new Writer(kind());
        dots.write(out, true);
        return out.bytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddWinsMap that && dots.equals(that.dots);
    }

    @Override
    public int hashCode() {
        return dots.hashCode();
    }

    @Override
    public String toString() {
        return "map of " + dots.entries().size();
    }
}
