package coppice.api.crdt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A value of which the latest writing stays (LWW-Register, Shapiro et al. 2011, specification 8): the later time wins;
/// at equal times the replica whose name comes later, then the value whose bytes do.
public final class LastWriterRegister implements Crdt<LastWriterRegister> {
    private final byte[] value;
    private final long millis;
    private final String replica;

    private LastWriterRegister(byte[] value, long millis, String replica) {
        this.value = value;
        this.millis = millis;
        this.replica = replica;
    }

    /// A register with a first value.
    ///
    /// @param value what is written
    /// @param millis when, in milliseconds since 1970 UTC by the writer's clock
    /// @param replica who writes
    /// @throws IllegalArgumentException when the replica's name is too long
    public static LastWriterRegister of(byte[] value, long millis, String replica) {
        return new LastWriterRegister(value.clone(), millis, Replicas.check(replica));
    }

    /// Reads what [#encode()] wrote.
    ///
    /// @throws IllegalArgumentException when the bytes are anything else
    public static LastWriterRegister decode(byte[] bytes) {
        Reader in = Reader.of(CrdtKind.LAST_WRITER_REGISTER, bytes);
        LastWriterRegister register = new LastWriterRegister(in.sized(), in.fixed(), in.replica());
        in.end();
        return register;
    }

    /// This register with another value, which is later than the one it replaces even when the writer's clock is
    /// behind.
    public LastWriterRegister with(byte[] next, long now, String writer) {
        return of(next, Math.max(now, Math.addExact(millis, 1)), writer);
    }

    /// The value.
    public byte[] value() {
        return value.clone();
    }

    /// The value as text.
    public String text() {
        return new String(value, StandardCharsets.UTF_8);
    }

    /// When it was written.
    public long millis() {
        return millis;
    }

    /// Who wrote it.
    public String replica() {
        return replica;
    }

    @Override
    public CrdtKind kind() {
        return CrdtKind.LAST_WRITER_REGISTER;
    }

    @Override
    public LastWriterRegister merge(LastWriterRegister other) {
        int order = Long.compare(millis, other.millis);
        order = order != 0 ? order : Replicas.ORDER.compare(replica, other.replica);
        order = order != 0 ? order : Arrays.compareUnsigned(value, other.value);
        return order >= 0 ? this : other;
    }

    @Override
    public byte[] encode() {
        return new Writer(kind()).sized(value).fixed(millis).text(replica).bytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LastWriterRegister that
                && millis == that.millis
                && replica.equals(that.replica)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(value) + Long.hashCode(millis);
    }

    @Override
    public String toString() {
        return "register of " + value.length + " bytes, written at " + millis + " by " + replica;
    }
}
