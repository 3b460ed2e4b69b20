package coppice.engine.terms;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.FormatVersionException;
import coppice.kernel.history.ShallowException;
import coppice.kernel.platform.StorageException;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.store.ZstdUnavailableException;
import java.util.function.Supplier;

/// Turns the kernel's exceptions into those of the API, at the edge.
public final class Failures {
    private Failures() {}

    /// Runs something of the kernel.
    public static <T> T guarded(Supplier<T> body) {
        try {
            return body.get();
        } catch (RuntimeException failure) {
            throw translated(failure);
        }
    }

    /// The exception to give to the caller for one met inside.
    public static RuntimeException translated(RuntimeException failure) {
        return switch (failure) {
            case DatabaseException known -> known;
            case CorruptException corrupt ->
                new DatabaseException.Corrupt(message(corrupt), corrupt)
                        .with("where", corrupt.where())
                        .with("offset", corrupt.offset())
                        .with("expected", corrupt.expected())
                        .with("found", corrupt.found());
            case MissingChunkException missing -> new DatabaseException.Corrupt(message(missing), missing);
            case ShallowException beyond ->
                new DatabaseException.Incorrect(ErrorCode.SHALLOW_HISTORY, message(beyond), beyond)
                        .with("commit", beyond.commit());
            case FormatVersionException newer ->
                new DatabaseException.Incorrect(ErrorCode.NEWER_VERSION, message(newer), newer);
            case ZstdUnavailableException unavailable ->
                new DatabaseException.Incorrect(ErrorCode.NO_COMPRESSION, message(unavailable), unavailable);
            case StorageException storage -> translated(storage);
            default -> failure;
        };
    }

    private static DatabaseException translated(StorageException failure) {
        String message = message(failure);
        DatabaseException exception = switch (failure.kind()) {
            case LOCKED -> new DatabaseException.Busy(message, failure);
            case NO_SPACE -> new DatabaseException.Unavailable(ErrorCode.DISK_FULL, message, failure);
            case READ_ONLY -> new DatabaseException.Unavailable(ErrorCode.READ_ONLY, message, failure);
            case DENIED -> new DatabaseException.Unavailable(ErrorCode.DENIED, message, failure);
            case IO, EXISTS, NOT_FOUND -> new DatabaseException.Fault(ErrorCode.IO_FAILED, message, failure);
        };
        return exception.with("path", failure.path());
    }

    private static String message(RuntimeException failure) {
        return String.valueOf(failure.getMessage());
    }
}
