package coppice.api.crdt;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// A value of which all writings made at once stay, until somebody writes another (MV-Register, Shapiro et al. 2011,
/// specification 10).
public final class MultiValueRegister implements Crdt<MultiValueRegister> {
    private static final MultiValueRegister EMPTY = new MultiValueRegister(Dots.NONE);

    private final Dots dots;

    private MultiValueRegister(Dots dots) {
        this.dots = dots;
    }

    /// A register that nobody has written.
    public static MultiValueRegister empty() {
        return EMPTY;
    }

    /// Reads what [#encode()] wrote.
    ///
    /// @throws IllegalArgumentException when the bytes are anything else
    public static MultiValueRegister decode(byte[] bytes) {
        Reader in = Reader.of(CrdtKind.MULTI_VALUE_REGISTER, bytes);
        Dots dots = Dots.read(in, true);
        in.end();
        if (dots.entries().size() > 1 || !dots.entries().keySet().stream().allMatch(Octets.NONE::equals)) {
            throw in.wrong("one register");
        }
        return new MultiValueRegister(dots);
    }

    /// This register with a value, in place of all that are there.
    ///
    /// @param replica who writes
    /// @throws IllegalArgumentException when the replica's name is too long
    public MultiValueRegister with(String replica, byte[] value) {
        return new MultiValueRegister(dots.write(replica, Octets.NONE, new Octets(value.clone())));
    }

    /// As [#with(String, byte[])], of text.
    public MultiValueRegister with(String replica, String value) {
        return new MultiValueRegister(dots.write(replica, Octets.NONE, Octets.of(value)));
    }

    /// The values: none, one, or several that were written at once, in an order that is the same for all.
    public List<byte[]> values() {
        return dots.values(Octets.NONE);
    }

    /// The values as text.
    public List<String> texts() {
        return values().stream()
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public CrdtKind kind() {
        return CrdtKind.MULTI_VALUE_REGISTER;
    }

    @Override
    public MultiValueRegister merge(MultiValueRegister other) {
        return new MultiValueRegister(dots.merge(other.dots));
    }

    @Override
    public byte[] encode() {
        Writer out = new Writer(kind());
        dots.write(out, true);
        return out.bytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MultiValueRegister that && dots.equals(that.dots);
    }

    @Override
    public int hashCode() {
        return dots.hashCode();
    }

    @Override
    public String toString() {
        return "register of " + values().size() + " values";
    }
}
