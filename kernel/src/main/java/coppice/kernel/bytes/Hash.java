package coppice.kernel.bytes;

import java.util.HexFormat;

/// The name of content: the SHA-256 of its exact bytes. Immutable, 32 bytes held as four longs, so that
/// comparing and hashing cost a few instructions. Ordered as unsigned bytes, which is also the order of
/// [#toString()].
public final class Hash implements Comparable<Hash> {
    /// How many bytes a hash takes when written.
    public static final int BYTES = 32;

    /// All zero bits: the name of nothing. No content is known to have it.
    public static final Hash ZERO = new Hash(0, 0, 0, 0);

    private static final ThreadLocal<Hasher> HASHER = ThreadLocal.withInitial(Hasher::new);

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private Hash(long first, long second, long third, long fourth) {
        this.first = first;
        this.second = second;
        this.third = third;
        this.fourth = fourth;
    }

    /// The hash of `content`. Uses a digest kept per thread; bulk work holds its own [Hasher] instead.
    public static Hash of(byte[] content) {
        return of(content, 0, content.length);
    }

    /// The hash of a range.
    public static Hash of(byte[] content, int offset, int length) {
        return HASHER.get().hash(content, offset, length);
    }

    /// The hash of these four big-endian parts, as given by [#prefix()], [#second()], [#third()] and
    /// [#fourth()].
    public static Hash of(long first, long second, long third, long fourth) {
        return new Hash(first, second, third, fourth);
    }

    /// The hash written at `at`.
    public static Hash read(byte[] bytes, int at) {
        return new Hash(
                Bytes.i64BigEndian(bytes, at),
                Bytes.i64BigEndian(bytes, at + 8),
                Bytes.i64BigEndian(bytes, at + 16),
                Bytes.i64BigEndian(bytes, at + 24));
    }

    /// Reads 64 hexadecimal digits of either case.
    ///
    /// @throws IllegalArgumentException when `hex` is anything else
    public static Hash parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException(
                    "A hash has 64 hexadecimal digits; this one has " + hex.length() + ": " + hex);
        }
        return read(HexFormat.of().parseHex(hex), 0);
    }

    /// Writes the 32 bytes at `at`.
    public void write(byte[] into, int at) {
        Bytes.putI64BigEndian(into, at, first);
        Bytes.putI64BigEndian(into, at + 8, second);
        Bytes.putI64BigEndian(into, at + 16, third);
        Bytes.putI64BigEndian(into, at + 24, fourth);
    }

    /// The 32 bytes, in a new array.
    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        write(bytes, 0);
        return bytes;
    }

    /// Whether the 32 bytes at `at` are this hash; allocates nothing.
    public boolean matches(byte[] bytes, int at) {
        return first == Bytes.i64BigEndian(bytes, at)
                && second == Bytes.i64BigEndian(bytes, at + 8)
                && third == Bytes.i64BigEndian(bytes, at + 16)
                && fourth == Bytes.i64BigEndian(bytes, at + 24);
    }

    /// The first eight bytes, most significant first. Uniformly distributed, so it serves as a hash-table
    /// index, a filter key and an interpolation key; unsigned order of it agrees with the order of hashes.
    public long prefix() {
        return first;
    }

    /// Bytes 8..15, most significant first: uniform and independent of [#prefix()].
    public long second() {
        return second;
    }

    /// Bytes 16..23, most significant first.
    public long third() {
        return third;
    }

    /// Bytes 24..31, most significant first.
    public long fourth() {
        return fourth;
    }

    @Override
    public int compareTo(Hash other) {
        int order = Long.compareUnsigned(first, other.first);
        if (order == 0) {
            order = Long.compareUnsigned(second, other.second);
        }
        if (order == 0) {
            order = Long.compareUnsigned(third, other.third);
        }
        return order != 0 ? order : Long.compareUnsigned(fourth, other.fourth);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Hash that
                        && first == that.first
                        && second == that.second
                        && third == that.third
                        && fourth == that.fourth);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    /// The 64 lower-case hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }
}
