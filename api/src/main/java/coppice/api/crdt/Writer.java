package coppice.api.crdt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes encoded values.
final class Writer {
    static final int MAGIC = 0xCF;
    static final int VERSION = 1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Writer(CrdtKind kind) {
        out.write(MAGIC);
        out.write(VERSION);
        out.write(kind.code());
    }

    /// An unsigned LEB128 integer in its shortest form.
    Writer varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    /// Eight bytes, the least first.
    Writer fixed(long value) {
        for (int shift = 0; shift < 64; shift += 8) {
            out.write((int) (value >>> shift) & 0xff);
        }
        return this;
    }

    Writer sized(byte[] bytes) {
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    Writer text(String text) {
        return sized(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
