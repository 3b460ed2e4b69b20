package coppice.cli.command;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;

/// Standard output, which says when nobody reads on.
final class PipeStream extends FilterOutputStream {
    private final PrintStream printer;

    /// Nobody reads on.
    static final class Closed extends IOException {
        private static final long serialVersionUID = 1L;

        Closed() {
            super("nobody reads standard output");
        }
    }

    PipeStream(PrintStream out) {
        super(out);
        this.printer = out;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        printer.write(bytes, offset, length);
        if (printer.checkError()) {
            throw new Closed();
        }
    }
}
