package coppice.cli.command;

/// Why a command could not do what was asked: what happened and what to do, in one line.
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message);
    }

    Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
