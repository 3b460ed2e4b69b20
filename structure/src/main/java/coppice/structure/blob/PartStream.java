package coppice.structure.blob;

import coppice.api.Cursor;
import coppice.api.SpaceView;
import java.io.EOFException;
import java.io.IOException;

/// Reads a content part by part.
final class PartStream extends PieceStream {
    private final Cursor parts;
    private long left; // behind the part that is read

    /// @param beside the space of the parts, which stays as it is
    /// @param offset where to begin: before the end
    /// @param length how much to read: no further than the end
    PartStream(SpaceView beside, String blob, String id, long offset, long length) {
        this.left = length;
        long begin = begin(beside, blob, id, offset);
        this.parts = beside.scan(BlobKeys.content(blob, id, begin));
        if (length > 0 && parts.next()) {
            byte[] part = parts.value();
            goOn(part, (int) Math.min(part.length, offset - begin));
        }
    }

    private void goOn(byte[] part, int from) {
        int to = (int) Math.min(part.length, from + left);
        left -= to - from;
        goOn(part, from, to);
    }

    private static long begin(SpaceView beside, String blob, String id, long offset) {
        try (Cursor before = beside.scan(BlobKeys.upTo(blob, id, offset))) {
            return before.next() ? BlobKeys.offset(before.key()) : 0;
        }
    }

    @Override
    boolean advance() throws IOException {
        if (left == 0) {
            return false;
        }
        if (!parts.next()) {
            throw new EOFException(left + " bytes of the blob are missing: see what 'verify' and 'check' say");
        }
        goOn(parts.value(), 0);
        return true;
    }

    @Override
    public void close() {
        parts.close();
    }
}
