package coppice.engine.past;

import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The keys of the trees of a [ChangeIndex].
///
/// ```
/// key      = space end kind [row end] mark
/// space    = the name of the space, escaped              row  = the changed key's first bytes, escaped
/// kind     = 1 changed | 2 widely changed | 3 a key      mark = see Mark, 12 bytes
/// escaped  = 00 becomes 00 ff                            end  = 00 01
///
/// key      = 00 02 start generation                      finds a commit by the beginning of its name, 4 bytes
/// ```
///
/// So rows sort as their keys do, and the marks of one row from the newest to the oldest. Of a long key only the
/// first [#ROW_BYTES_MAX] bytes are kept: several keys may share a row, as whoever asks looks into the commits
/// anyway.
final class IndexKeys {
    /// The most bytes of a key that are told apart.
    static final int ROW_BYTES_MAX = 1024;

    private static final int CHANGED = 1;
    private static final int WIDE = 2;
    private static final int KEY = 3;

    private static final byte[] NAME = {0, 2};

    private IndexKeys() {}

    /// The entry of a commit's name.
    static byte[] name(Mark mark) {
        byte[] key = Arrays.copyOf(NAME, NAME.length + Mark.BYTES);
        Bytes.putI32BigEndian(key, NAME.length, mark.start());
        Bytes.putI64BigEndian(key, NAME.length + Mark.NAME_BYTES, mark.generation());
        return key;
    }

    /// Reads what [#name] wrote.
    static Mark.Brief named(byte[] key) {
        return new Mark.Brief(
                Bytes.i64BigEndian(key, NAME.length + Mark.NAME_BYTES), Bytes.i32BigEndian(key, NAME.length));
    }

    /// Which commits an entry may be of.
    ///
    /// @throws IllegalArgumentException when it is no entry
    static Mark.Brief brief(byte[] entry) {
        if (Bytes.startsWith(entry, NAME)) {
            if (entry.length == NAME.length + Mark.BYTES) {
                return named(entry);
            }
        } else {
            int kind = endOfSpace(entry);
            if (kind > 0 && entry.length > kind + Mark.BYTES && entry[kind] >= CHANGED && entry[kind] <= KEY) {
                return Mark.Brief.read(entry, entry.length - Mark.BYTES);
            }
        }
        throw new IllegalArgumentException(
                "No entry of an index: " + HexFormat.of().formatHex(entry));
    }

    /// Where the kind follows the name of a space, or 0.
    private static int endOfSpace(byte[] entry) {
        for (int at = 1; at + 1 < entry.length; at++) {
            if (entry[at] == 0 && entry[at + 1] == 1) {
                return at + 2 < entry.length ? at + 2 : 0;
            }
        }
        return 0;
    }

    /// What an entry says, in words.
    static String text(byte[] entry) {
        if (Bytes.startsWith(entry, NAME)) {
            return "its name";
        }
        int kind = endOfSpace(entry);
        String space = " of space '" + new String(entry, 0, kind - 2, StandardCharsets.UTF_8) + "'";
        return switch (entry[kind]) {
            case CHANGED -> "a change" + space;
            case WIDE -> "a change of more keys than are listed" + space;
            default ->
                "a change of key " + HexFormat.of().formatHex(entry, kind + 1, entry.length - Mark.BYTES - 2) + space;
        };
    }

    /// What the entries of all names that begin with these digits begin with, but for half a byte of an odd number,
    /// and for digits beyond those that are kept.
    static byte[] names(String digits) {
        int bytes = Math.min(digits.length() / 2, Mark.NAME_BYTES);
        byte[] known = HexFormat.of().parseHex(digits, 0, 2 * bytes);
        byte[] prefix = Arrays.copyOf(NAME, NAME.length + known.length);
        System.arraycopy(known, 0, prefix, NAME.length, known.length);
        return prefix;
    }

    /// What the marks of commits that changed a space follow.
    static byte[] changed(String space) {
        return start(space, CHANGED).toBytes();
    }

    /// What the marks of commits that changed too many keys of a space to list them follow.
    static byte[] wide(String space) {
        return start(space, WIDE).toBytes();
    }

    /// What the marks of commits that changed a key follow.
    static byte[] row(String space, byte[] key) {
        ByteWriter out = start(space, KEY);
        escape(key, Math.min(key.length, ROW_BYTES_MAX), out);
        return out.u8(0).u8(1).toBytes();
    }

    /// Where the rows at and after a key begin; null for all rows.
    static byte[] from(String space, byte @Nullable [] key) {
        ByteWriter out = start(space, KEY);
        if (key != null) {
            escape(key, Math.min(key.length, ROW_BYTES_MAX), out);
        }
        return out.toBytes();
    }

    /// Where the rows before a key end, or a little after; null for all rows.
    static byte[] to(String space, byte @Nullable [] key) {
        if (key == null) {
            return start(space, KEY + 1).toBytes();
        }
        byte[] next = key.length <= ROW_BYTES_MAX ? key : Bytes.successorOfPrefix(Arrays.copyOf(key, ROW_BYTES_MAX));
        return next == null ? to(space, null) : from(space, next);
    }

    private static ByteWriter start(String space, int kind) {
        byte[] name = space.getBytes(StandardCharsets.UTF_8);
        ByteWriter out = new ByteWriter(name.length + 64);
        escape(name, name.length, out);
        return out.u8(0).u8(1).u8(kind);
    }

    private static void escape(byte[] bytes, int length, ByteWriter out) {
        for (int i = 0; i < length; i++) {
            out.u8(bytes[i] & 0xff);
            if (bytes[i] == 0) {
                out.u8(0xff);
            }
        }
    }

    static byte[] marked(byte[] prefix, Mark mark) {
        byte[] key = Arrays.copyOf(prefix, prefix.length + Mark.BYTES);
        mark.write(key, prefix.length);
        return key;
    }
}
