package coppice.kernel.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growable byte array with typed appends, little-endian. Not thread-safe. Methods return the writer for
/// chaining.
///
/// @see ByteReader its counterpart
public final class ByteWriter {
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 64;

    private byte[] bytes;
    private int length;

    /// A writer with room for 256 bytes to begin with.
    public ByteWriter() {
        this(256);
    }

    /// A writer with room for `capacity` bytes to begin with.
    public ByteWriter(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
    }

    /// How many bytes have been written.
    public int length() {
        return length;
    }

    /// The backing array; valid up to [#length()] and only until the next append.
    public byte[] array() {
        return bytes;
    }

    /// A copy of what has been written.
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// Forgets everything written, keeping the room.
    public ByteWriter reset() {
        length = 0;
        return this;
    }

    /// Appends the low 8 bits.
    public ByteWriter u8(int value) {
        int at = grow(1);
        bytes[at] = (byte) value;
        return this;
    }

    /// Appends the low 16 bits.
    public ByteWriter u16(int value) {
        int at = grow(2);
        Bytes.putU16(bytes, at, value);
        return this;
    }

    /// Appends the low 32 bits.
    public ByteWriter u32(long value) {
        int at = grow(4);
        Bytes.putU32(bytes, at, value);
        return this;
    }

    /// Appends 32 bits.
    public ByteWriter i32(int value) {
        int at = grow(4);
        Bytes.putI32(bytes, at, value);
        return this;
    }

    /// Appends 64 bits.
    public ByteWriter i64(long value) {
        int at = grow(8);
        Bytes.putI64(bytes, at, value);
        return this;
    }

    /// Appends an unsigned LEB128 integer of 1 to 10 bytes.
    public ByteWriter varint(long value) {
        int at = grow(Varint.length(value));
        Varint.put(bytes, at, value);
        return this;
    }

    /// Appends all of `content`.
    public ByteWriter bytes(byte[] content) {
        return bytes(content, 0, content.length);
    }

    /// Appends a range.
    public ByteWriter bytes(byte[] content, int offset, int count) {
        int at = grow(count);
        System.arraycopy(content, offset, bytes, at, count);
        return this;
    }

    /// Appends the length as a varint, then the content.
    public ByteWriter sized(byte[] content) {
        return varint(content.length).bytes(content);
    }

    /// Appends the length of the UTF-8 form as a varint, then that form.
    public ByteWriter utf8(String text) {
        return sized(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Appends the 32 bytes of `hash`.
    public ByteWriter hash(Hash hash) {
        int at = grow(Hash.BYTES);
        hash.write(bytes, at);
        return this;
    }

    /// Appends `count` zero bytes.
    public ByteWriter zeros(int count) {
        int at = grow(count);
        Arrays.fill(bytes, at, at + count, (byte) 0);
        return this;
    }

    /// Appends the CRC-32C of everything written from `from` on.
    public ByteWriter crcFrom(int from) {
        return i32(Crc.of(bytes, from, length - from));
    }

    private int grow(int count) {
        int at = length;
        if (count > bytes.length - at) {
            long wanted = (long) at + count;
            if (wanted > MAX_LENGTH) {
                throw new IllegalStateException(
                        "A byte writer holds at most " + MAX_LENGTH + " bytes; " + wanted + " were asked for");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_LENGTH, Math.max(wanted, 2L * bytes.length)));
        }
        length = at + count;
        return at;
    }
}
