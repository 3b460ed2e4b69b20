package coppice.kernel.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what a [ByteWriter] wrote, trusting nothing: every violation is a [CorruptException] that says what
/// and where, and no length or count is believed before the bytes behind it are known to exist. Not
/// thread-safe.
public final class ByteReader {
    private final String where;
    private final byte[] bytes;
    private final int start;
    private final int end;
    private int position;

    /// A reader of all of `bytes`; `where` names their origin in errors.
    public ByteReader(String where, byte[] bytes) {
        this(where, bytes, 0, bytes.length);
    }

    /// A reader of a range. Positions in errors count from the start of the range.
    public ByteReader(String where, byte[] bytes, int offset, int length) {
        if (offset < 0 || length < 0 || length > bytes.length - offset) {
            throw new IndexOutOfBoundsException("Range " + offset + "+" + length + " of " + bytes.length + " bytes");
        }
        this.where = where;
        this.bytes = bytes;
        this.start = offset;
        this.end = offset + length;
        this.position = offset;
    }

    /// How many bytes have been read.
    public int position() {
        return position - start;
    }

    /// How many bytes are left.
    public int remaining() {
        return end - position;
    }

    /// An unsigned byte, 0..255.
    public int u8() {
        return bytes[take(1, "a byte")] & 0xff;
    }

    /// An unsigned 16-bit integer.
    public int u16() {
        return Bytes.u16(bytes, take(2, "a 16-bit integer"));
    }

    /// An unsigned 32-bit integer.
    public long u32() {
        return Bytes.u32(bytes, take(4, "a 32-bit integer"));
    }

    /// A signed 32-bit integer.
    public int i32() {
        return Bytes.i32(bytes, take(4, "a 32-bit integer"));
    }

    /// A signed 64-bit integer.
    public long i64() {
        return Bytes.i64(bytes, take(8, "a 64-bit integer"));
    }

    /// An unsigned LEB128 integer in its shortest form.
    public long varint() {
        long value = 0;
        for (int index = 0; index < Varint.MAX_BYTES; index++) {
            byte next = bytes[take(1, "a variable-length integer")];
            value |= (long) (next & 0x7f) << (7 * index);
            if (next >= 0) {
                boolean padded = next == 0 && index > 0;
                boolean tooLarge = index == Varint.MAX_BYTES - 1 && next > 1;
                if (padded || tooLarge) {
                    throw corrupt("the shortest form of a 64-bit integer", padded ? "a padded one" : "a larger one");
                }
                return value;
            }
        }
        throw corrupt("a variable-length integer of at most 10 bytes", "a longer one");
    }

    /// A varint that counts things of at least `minimumBytes` (>= 1) bytes each, all of which must fit into
    /// what is left.
    public int count(int minimumBytes) {
        long count = varint();
        if (count < 0 || count > remaining() / minimumBytes) {
            throw corrupt(
                    "a count of things of at least " + minimumBytes + " bytes each that fit into the " + remaining()
                            + " bytes left",
                    "count " + Long.toUnsignedString(count));
        }
        return (int) count;
    }

    /// The next `count` bytes, copied.
    public byte[] bytes(int count) {
        int at = take(count, "bytes");
        return Arrays.copyOfRange(bytes, at, at + count);
    }

    /// Bytes with their length before them as a varint, copied.
    public byte[] sized() {
        return bytes(count(1));
    }

    /// Valid UTF-8 with its length in bytes before it as a varint.
    public String utf8() {
        int count = count(1);
        int at = take(count, "text");
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, count))
                    .toString();
        } catch (CharacterCodingException _) {
            throw corrupt("UTF-8 text", "bytes that are not UTF-8");
        }
    }

    /// A 32-byte hash.
    public Hash hash() {
        return Hash.read(bytes, take(Hash.BYTES, "a hash"));
    }

    /// Steps over `count` bytes.
    public void skip(int count) {
        take(count, "bytes");
    }

    /// Steps over `count` bytes and returns where they begin in the backing array, for reading in place.
    public int take(int count) {
        return take(count, "bytes");
    }

    /// Steps over `count` bytes, all of which must be zero (reserved room).
    public void zeros(int count) {
        int at = take(count, "reserved zero bytes");
        for (int index = at; index < at + count; index++) {
            if (bytes[index] != 0) {
                throw new CorruptException(
                        where, index - start, "a reserved zero byte", "byte " + (bytes[index] & 0xff));
            }
        }
    }

    /// Reads 32 bits that must be the CRC-32C of everything read since position `from`.
    public void crcFrom(int from) {
        int computed = Crc.of(bytes, start + from, position - start - from);
        int stored = i32();
        if (stored != computed) {
            throw corrupt("checksum " + Integer.toHexString(computed), Integer.toHexString(stored));
        }
    }

    /// Demands that everything has been read.
    public void expectEnd() {
        if (remaining() != 0) {
            throw corrupt("the end", remaining() + " more bytes");
        }
    }

    /// An exception about the current position, to be thrown by the caller.
    public CorruptException corrupt(String expected, String found) {
        return new CorruptException(where, position(), expected, found);
    }

    private int take(int count, String what) {
        if (count < 0 || count > end - position) {
            throw corrupt(what + " (" + count + " more)", "only " + remaining() + " bytes left");
        }
        int at = position;
        position += count;
        return at;
    }
}
