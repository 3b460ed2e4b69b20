package coppice.api.crdt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads encoded values and trusts nothing: what [Writer] would not have written is refused.
final class Reader {
    private final byte[] bytes;
    private int at = 3;

    private Reader(byte[] bytes) {
        this.bytes = bytes;
    }

    static Reader of(CrdtKind wanted, byte[] bytes) {
        CrdtKind found = kind(bytes);
        if (found != wanted) {
            throw new IllegalArgumentException("The value is a " + found + ", not a " + wanted);
        }
        return new Reader(bytes);
    }

    static CrdtKind kind(byte[] bytes) {
        if (bytes.length < 3 || (bytes[0] & 0xff) != Writer.MAGIC) {
            throw new IllegalArgumentException("The value is no CRDT: it does not begin with byte 207");
        }
        if (bytes[1] != Writer.VERSION) {
            throw new IllegalArgumentException("The CRDT has version " + (bytes[1] & 0xff)
                    + ", and this program reads version 1: use a newer one");
        }
        for (CrdtKind kind : CrdtKind.values()) {
            if (kind.code() == bytes[2]) {
                return kind;
            }
        }
        throw wrong("a known kind", 2);
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = bytes[take(1)];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                if (next == 0 && shift > 0) {
                    throw wrong("the shortest form of a number", at - 1);
                }
                return value;
            }
        }
        throw wrong("a number below 2^63", at);
    }

    /// A number above 0.
    long positive() {
        long value = varint();
        if (value == 0) {
            throw wrong("a number above 0", at - 1);
        }
        return value;
    }

    /// How many things follow, of at least two bytes each.
    int count() {
        long count = varint();
        if (count > (bytes.length - at) / 2) {
            throw wrong("a count that fits into the value", at);
        }
        return (int) count;
    }

    long fixed() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(take(8));
    }

    byte[] sized() {
        long length = varint();
        if (length > bytes.length - at) {
            throw wrong("a length within the value", at);
        }
        int from = take((int) length);
        return Arrays.copyOfRange(bytes, from, at);
    }

    String replica() {
        int from = at;
        try {
            return Replicas.check(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(sized()))
                    .toString());
        } catch (CharacterCodingException _) {
            throw wrong("a name in UTF-8", from);
        }
    }

    void end() {
        if (at != bytes.length) {
            throw wrong("the end", at);
        }
    }

    /// What is to be said of a value that breaks the order or a rule here.
    IllegalArgumentException wrong(String expected) {
        return wrong(expected, at);
    }

    private static IllegalArgumentException wrong(String expected, int at) {
        return new IllegalArgumentException("The CRDT is damaged: expected " + expected + " at byte " + at);
    }

    private int take(int count) {
        if (count > bytes.length - at) {
            throw wrong("more bytes", bytes.length);
        }
        int from = at;
        at += count;
        return from;
    }
}
