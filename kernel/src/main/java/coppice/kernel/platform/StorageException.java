package coppice.kernel.platform;

import org.jspecify.annotations.Nullable;

/// The disk refused or failed. [#kind()] says why, [#path()] which file; the message also says what to do next.
/// Bytes that are there but wrong are a [coppice.kernel.bytes.CorruptException] instead.
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why the disk refused.
    public enum Kind {
        /// No such file or directory.
        NOT_FOUND("does not exist", "Check the path."),
        /// It was to be created but is already there.
        EXISTS("already exists", "Choose another name or remove it first."),
        /// Another owner holds the lock.
        LOCKED("is locked", "Close the other owner, then open again."),
        /// The disk or the quota is full.
        NO_SPACE("cannot grow: no space is left on the disk", "Free some space and open again."),
        /// The file system is read-only.
        READ_ONLY("is on a read-only file system", "Mount it for writing or open a copy elsewhere."),
        /// The user running this process lacks the permission.
        DENIED("may not be accessed by this user", "Change the permissions or run as the owner."),
        /// Any other failure of the device or the operating system.
        IO("could not be accessed", "Check the device and the system's log, then open again.");

        private final String what;
        private final String advice;

        Kind(String what, String advice) {
            this.what = what;
            this.advice = advice;
        }
    }

    private final Kind kind;
    private final String path;

    /// A failure with a cause but no further detail.
    public StorageException(Kind kind, String path, @Nullable Throwable cause) {
        this(kind, path, cause == null ? "" : String.valueOf(cause.getMessage()), cause);
    }

    /// @param detail added to the message in parentheses unless empty
    public StorageException(Kind kind, String path, String detail, @Nullable Throwable cause) {
        super(
                "'" + path + "' " + kind.what + (detail.isEmpty() ? "" : " (" + detail + ")") + ". " + kind.advice,
                cause);
        this.kind = kind;
        this.path = path;
    }

    /// Why the disk refused.
    public Kind kind() {
        return kind;
    }

    /// The file or directory concerned, relative to the disk's root where it is inside.
    public String path() {
        return path;
    }
}
