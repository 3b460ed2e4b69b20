package coppice.projection;

import java.io.ByteArrayOutputStream;

/// Writes numbers and bytes one after another. [PartReader] reads them. One thread.
final class PartWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// A number from 0, in as few bytes as it needs: seven bits each, the lowest first, the upper bit set on all
    /// but the last.
    PartWriter varint(long number) {
        long left = number;
        while ((left & ~0x7FL) != 0) {
            out.write((int) (left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.write((int) left);
        return this;
    }

    PartWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /// Bytes behind their number.
    PartWriter sized(byte[] bytes) {
        return varint(bytes.length).bytes(bytes);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
