package coppice.cli.inspect;

import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/// Reads bytes from the front and notes each field: where it is, how long, what it is called, what it says. One
/// thread at a time.
final class Fields {
    private final byte[] bytes;
    private final ByteReader in;
    private final long base;
    private final Table table =
            new Table().numbers("offset").numbers("bytes").words("field").words("value");

    /// Fields of an array.
    ///
    /// @param where names it for errors
    Fields(String where, byte[] bytes) {
        this(where, bytes, 0);
    }

    /// Fields of an array that stands at `base` of a file.
    Fields(String where, byte[] bytes, long base) {
        this.bytes = bytes;
        this.in = new ByteReader(where, bytes);
        this.base = base;
    }

    int position() {
        return in.position();
    }

    int remaining() {
        return in.remaining();
    }

    private void note(int from, String name, Text value) {
        table.row(
                Text.of(Long.toString(base + from), Style.DIM),
                Text.of(Integer.toString(in.position() - from), Style.DIM),
                Text.of(name),
                value);
    }

    String ascii(String name, int length) {
        int from = in.position();
        String text = new String(in.bytes(length), StandardCharsets.ISO_8859_1);
        note(from, name, Text.of(text, Style.CYAN));
        return text;
    }

    int u8(String name) {
        int from = in.position();
        int value = in.u8();
        note(from, name, Text.of(Integer.toString(value)));
        return value;
    }

    int u16(String name) {
        int from = in.position();
        int value = in.u16();
        note(from, name, Text.of(Integer.toString(value)));
        return value;
    }

    long u32(String name) {
        int from = in.position();
        long value = in.u32();
        note(from, name, Text.of(Amounts.count(value)));
        return value;
    }

    long i64(String name) {
        int from = in.position();
        long value = in.i64();
        note(from, name, Text.of(Amounts.count(value)));
        return value;
    }

    void time(String name) {
        int from = in.position();
        note(from, name, Text.of(Instant.ofEpochMilli(in.i64()).toString()));
    }

    Hash hash(String name) {
        int from = in.position();
        Hash hash = in.hash();
        note(from, name, Text.of(hash.toString(), Style.YELLOW));
        return hash;
    }

    UUID uuid(String name) {
        int from = in.position();
        String hex = HexFormat.of().formatHex(in.bytes(16));
        String text = hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        note(from, name, Text.of(text));
        return UUID.fromString(text);
    }

    String text(String name) {
        int from = in.position();
        String text = in.utf8();
        note(from, name, Text.of(text));
        return text;
    }

    long varint(String name) {
        int from = in.position();
        long value = in.varint();
        note(from, name, Text.of(Long.toUnsignedString(value)));
        return value;
    }

    void zeros(int length) {
        int from = in.position();
        byte[] found = in.bytes(length);
        boolean clean = true;
        for (byte each : found) {
            clean &= each == 0;
        }
        note(from, "zero", clean ? Text.of("0") : Text.of(HexFormat.of().formatHex(found) + ", not zero!", Style.RED));
    }

    void hex(String name, int length) {
        int from = in.position();
        note(from, name, Text.of(HexFormat.of().formatHex(in.bytes(length))));
    }

    /// A checksum over the bytes from `start` to here.
    void crcFrom(String name, int start) {
        int from = in.position();
        crc(name, Crc.of(bytes, start, from - start));
    }

    /// A checksum that must have this value.
    void crc(String name, int expected) {
        int from = in.position();
        int found = (int) in.u32();
        String hex = HexFormat.of().toHexDigits(found);
        note(
                from,
                name,
                found == expected
                        ? Text.of(hex + " holds", Style.GREEN)
                        : Text.of(hex + ", but the bytes give " + HexFormat.of().toHexDigits(expected), Style.RED));
    }

    void show(Sheet sheet) {
        sheet.table(table);
    }
}
