package coppice.cli.command;

/// Why a command could not do what was asked: what happened and what to do, in one line.
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    Failure(String message) {
        super(message);
        this.code = Task.FAILED;
    }

    Failure(String message, Throwable cause) {
        super(message, cause);
        this.code = Task.FAILED;
    }

    private Failure(String message, int code) {
        super(message);
        this.code = code;
    }

    /// That options make no sense, or that something is not said.
    static Failure usage(String message) {
        return new Failure(message, Task.USAGE);
    }

    /// The exit code.
    int code() {
        return code;
    }
}
