package coppice.api.crdt;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// A set of which an addition beside a removal of the same element survives (OR-Set, Shapiro et al. 2011,
/// specification 15, without tombstones as in Bieniusa et al. 2012). What is removed leaves nothing behind.
public final class AddWinsSet implements Crdt<AddWinsSet> {
    private static final AddWinsSet EMPTY = new AddWinsSet(Dots.NONE);

    private final Dots dots;

    private AddWinsSet(Dots dots) {
        this.dots = dots;
    }

    /// A set without elements.
    public static AddWinsSet empty() {
        return EMPTY;
    }

    /// Reads what [#encode()] wrote.
    ///
    /// @throws IllegalArgumentException when the bytes are anything else
    public static AddWinsSet decode(byte[] bytes) {
        Reader in = Reader.of(CrdtKind.ADD_WINS_SET, bytes);
        Dots dots = Dots.read(in, false);
        in.end();
        return new AddWinsSet(dots);
    }

    /// This set with an element.
    ///
    /// @param replica who adds
    /// @throws IllegalArgumentException when the replica's name is too long
    public AddWinsSet add(String replica, byte[] element) {
        return new AddWinsSet(dots.write(replica, new Octets(element.clone()), Octets.NONE));
    }

    /// As [#add(String, byte[])], of text.
    public AddWinsSet add(String replica, String element) {
        return new AddWinsSet(dots.write(replica, Octets.of(element), Octets.NONE));
    }

    /// This set without an element.
    public AddWinsSet remove(byte[] element) {
        return new AddWinsSet(dots.remove(new Octets(element)));
    }

    /// As [#remove(byte[])], of text.
    public AddWinsSet remove(String element) {
        return new AddWinsSet(dots.remove(Octets.of(element)));
    }

    /// Whether the element is there.
    public boolean contains(byte[] element) {
        return dots.entries().containsKey(new Octets(element));
    }

    /// As [#contains(byte[])], of text.
    public boolean contains(String element) {
        return dots.entries().containsKey(Octets.of(element));
    }

    /// The elements, in the order of their bytes.
    public List<byte[]> elements() {
        return dots.keys();
    }

    /// The elements as text, in the order of their bytes.
    public List<String> texts() {
        return dots.entries().keySet().stream()
                .map(element -> new String(element.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public CrdtKind kind() {
        return CrdtKind.ADD_WINS_SET;
    }

    @Override
    public AddWinsSet merge(AddWinsSet other) {
        return new AddWinsSet(dots.merge(other.dots));
    }

    @Override
    public byte[] encode() {
        Writer out = new Writer(kind());
        dots.write(out, false);
        return out.bytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddWinsSet that && dots.equals(that.dots);
    }

    @Override
    public int hashCode() {
        return dots.hashCode();
    }

    @Override
    public String toString() {
        return "set of " + dots.entries().size();
    }
}
