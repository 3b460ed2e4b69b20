package coppice.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A refused or failed operation. The kinds below are all there are; [#code()] tells exactly, the message says what
/// happened and what to do, [#context()] holds the facts by name.
public abstract sealed class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, String> context = new LinkedHashMap<>();

    private DatabaseException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /// What went wrong.
    public ErrorCode code() {
        return code;
    }

    /// The facts by name: key, branch, file, offset, process ...
    public Map<String, String> context() {
        return Collections.unmodifiableMap(context);
    }

    /// Adds a fact; for implementations.
    public DatabaseException with(String name, Object value) {
        context.put(name, String.valueOf(value));
        return this;
    }

    /// The request itself is wrong: change it.
    public static final class Incorrect extends DatabaseException {
        private static final long serialVersionUID = 1L;

        public Incorrect(ErrorCode code, String message) {
            super(code, message, null);
        }

        public Incorrect(ErrorCode code, String message, Throwable cause) {
            super(code, message, cause);
        }
    }

    /// What was named is not there.
    public static final class NotFound extends DatabaseException {
        private static final long serialVersionUID = 1L;

        public NotFound(ErrorCode code, String message) {
            super(code, message, null);
        }
    }

    /// Another transaction came first: begin again.
    public static final class Conflict extends DatabaseException {
        private static final long serialVersionUID = 1L;

        public Conflict(String message) {
            super(ErrorCode.CONFLICT, message, null);
        }
    }

    /// Somebody else holds it: wait, or end the other.
    public static final class Busy extends DatabaseException {
        private static final long serialVersionUID = 1L;

        public Busy(String message, Throwable cause) {
            super(ErrorCode.LOCKED, message, cause);
        }

        public Busy(ErrorCode code, String message) {
            super(code, message, null);
        }
    }

    /// A hook refused it, failed or took too long: nothing was changed. The context names the hook.
    public static final class Refused extends DatabaseException {
        private static final long serialVersionUID = 1L;

        public Refused(ErrorCode code, String message) {
            super(code, message, null);
        }

        public Refused(ErrorCode code, String message, Throwable cause) {
            super(code, message, cause);
        }
    }

    /// The machine refuses: make room, give rights.
    public static final class Unavailable extends DatabaseException {
        private static final long serialVersionUID = 1L;

        public Unavailable(ErrorCode code, String message, Throwable cause) {
            super(code, message, cause);
        }
    }

    /// The database was closed.
    public static final class Closed extends DatabaseException {
        private static final long serialVersionUID = 1L;

        public Closed(String message) {
            super(ErrorCode.CLOSED, message, null);
        }

        public Closed(String message, Throwable cause) {
            super(ErrorCode.CLOSED, message, cause);
        }
    }

    /// The thread was interrupted while it waited; its interrupt flag is set. Whether the operation took effect is
    /// unknown only where the operation says so.
    public static final class Interrupted extends DatabaseException {
        private static final long serialVersionUID = 1L;

        public Interrupted(String message) {
            super(ErrorCode.INTERRUPTED, message, null);
        }
    }

    /// Stored bytes are not what was written. The context names file, offset, expected and found.
    public static final class Corrupt extends DatabaseException {
        private static final long serialVersionUID = 1L;

        public Corrupt(String message, Throwable cause) {
            super(ErrorCode.CORRUPT, message, cause);
        }
    }

    /// The disk failed, or the database found itself broken.
    public static final class Fault extends DatabaseException {
        private static final long serialVersionUID = 1L;

        public Fault(ErrorCode code, String message, Throwable cause) {
            super(code, message, cause);
        }
    }
}
