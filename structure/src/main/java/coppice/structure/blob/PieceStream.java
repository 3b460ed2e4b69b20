package coppice.structure.blob;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// Reads pieces one after the other as one stream.
abstract class PieceStream extends InputStream {
    private byte[] piece = {};
    private int at;
    private int end;

    /// Goes on with some of an array.
    final void goOn(byte[] bytes, int from, int to) {
        piece = bytes;
        at = from;
        end = to;
    }

    /// Goes on with the next piece, by [#goOn]. False when there is none.
    abstract boolean advance() throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        while (at == end) {
            if (!advance()) {
                return -1;
            }
        }
        int count = Math.min(length, end - at);
        System.arraycopy(piece, at, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public final int available() {
        return end - at;
    }
}
