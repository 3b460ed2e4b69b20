package coppice.cli.source;

import java.nio.file.Path;

/// Input that cannot be used: says which file, which line, what is wrong and what to do.
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// About a file as a whole.
    public InputException(Path file, String message) {
        super(file + ": " + message);
    }

    /// About one line of a file.
    public InputException(Path file, long line, String message) {
        super(file + ", line " + line + ": " + message);
    }
}
