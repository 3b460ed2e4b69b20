package coppice.cli.source;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/// Counts the quotes that pass through it: an odd number at the end of a CSV file says that one was never closed.
final class QuoteCount extends FilterReader {
    private long quotes;

    QuoteCount(Reader in) {
        super(in);
    }

    boolean isOdd() {
        return (quotes & 1) == 1;
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        quotes += c == '"' ? 1 : 0;
        return c;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        for (int i = offset; i < offset + read; i++) {
            quotes += into[i] == '"' ? 1 : 0;
        }
        return read;
    }
}
