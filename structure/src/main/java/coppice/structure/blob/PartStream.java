package coppice.structure.blob;

import coppice.api.Cursor;
import coppice.api.SpaceView;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// Reads a content part by part.
final class PartStream extends InputStream {
    private final Cursor parts;
    private byte[] part = {};
    private int at;
    private long left;

    /// @param beside the space of the parts, which stays as it is
    /// @param offset where to begin: before the end
    /// @param length how much to read: no further than the end
    PartStream(SpaceView beside, String blob, String id, long offset, long length) {
        this.left = length;
        long begin = begin(beside, blob, id, offset);
        this.parts = beside.scan(BlobKeys.content(blob, id, begin));
        if (length > 0 && parts.next()) {
            part = parts.value();
            at = (int) Math.min(part.length, offset - begin);
        }
    }

    private static long begin(SpaceView beside, String blob, String id, long offset) {
        try (Cursor before = beside.scan(BlobKeys.upTo(blob, id, offset))) {
            return before.next() ? BlobKeys.offset(before.key()) : 0;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        while (at == part.length) {
            if (!parts.next()) {
                throw new EOFException(left + " bytes of the blob are missing: see what 'verify' and 'check' say");
            }
            part = parts.value();
            at = 0;
        }
        int read = (int) Math.min(Math.min(length, part.length - at), left);
        System.arraycopy(part, at, into, offset, read);
        at += read;
        left -= read;
        return read;
    }

    @Override
    public int available() {
        return (int) Math.min(part.length - at, left);
    }

    @Override
    public void close() {
        parts.close();
    }
}
