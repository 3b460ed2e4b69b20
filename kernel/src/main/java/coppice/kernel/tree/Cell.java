package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.Arrays;

/// How a value lies in a leaf: one byte that says how, then the value itself or the length and hash of the blob
/// that holds it. A value has one form only (by its length), so equal values have equal cells.
final class Cell {
    /// The value follows.
    static final byte INLINE = 0;

    /// The length (u64) and the hash of a blob follow.
    static final byte BLOB = 1;

    /// Bytes of a cell that refers to a blob.
    static final int BLOB_SIZE = 1 + Long.BYTES + Hash.BYTES;

    private Cell() {}

    static boolean isInline(byte[] bytes, int start) {
        return bytes[start] == INLINE;
    }

    /// Length of the value, without reading a blob.
    static long valueLength(byte[] bytes, int start, int end) {
        return isInline(bytes, start) ? end - start - 1 : Bytes.i64(bytes, start + 1);
    }

    static byte[] inlineValue(byte[] bytes, int start, int end) {
        return Arrays.copyOfRange(bytes, start + 1, end);
    }

    static Blob blob(byte[] bytes, int start) {
        return new Blob(Bytes.i64(bytes, start + 1), Hash.read(bytes, start + 1 + Long.BYTES));
    }

    static void writeBlob(Blob blob, byte[] into, int at) {
        into[at] = BLOB;
        Bytes.putI64(into, at + 1, blob.length());
        blob.root().write(into, at + 1 + Long.BYTES);
    }

    /// Checks a cell of a node that came from outside.
    static void check(byte[] bytes, int start, int end, int inlineLimit, Hash node) {
        if (start >= end) {
            throw new CorruptException("tree node " + node, start, "a cell of at least one byte", "none");
        }
        boolean valid = switch (bytes[start]) {
            case INLINE -> end - start - 1 <= inlineLimit;
            case BLOB -> end - start == BLOB_SIZE && isBlobLength(Bytes.i64(bytes, start + 1), inlineLimit);
            default -> false;
        };
        if (!valid) {
            throw new CorruptException(
                    "tree node " + node,
                    start,
                    "a cell: 0 and at most " + inlineLimit + " bytes, or 1, a length above that and a hash",
                    "tag " + (bytes[start] & 0xff) + " and " + (end - start - 1) + " bytes");
        }
    }

    private static boolean isBlobLength(long length, int inlineLimit) {
        return length > inlineLimit && length <= Tree.MAX_VALUE_BYTES;
    }
}
