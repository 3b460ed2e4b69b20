package coppice.json;

/// Text that is not JSON: says what is wrong, at which line and column.
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final int column;

    JsonException(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /// The line, from 1; 0 when unknown.
    public int line() {
        return line;
    }

    /// The column, from 1; 0 when unknown.
    public int column() {
        return column;
    }
}
