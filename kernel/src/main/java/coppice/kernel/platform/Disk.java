package coppice.kernel.platform;

import java.util.List;

/// A directory tree on some medium: everything the kernel needs of a file system and nothing more.
///
/// Paths are relative to the disk's root, with `/` between names; the empty path is the root. Any method may
/// throw [StorageException]. Thread-safe. A thread's interrupt changes nothing: no file is closed, no write is
/// lost, and the thread's interrupt flag is kept.
///
/// What survives a power cut: file content after [DiskFile#sync()] or [DiskFile#writeDurably]; creations,
/// renames and deletions after [#syncDirectory(String)] of the directory. Anything else may be kept, lost or
/// torn, in any combination.
public interface Disk {
    /// How a file is opened.
    enum OpenMode {
        /// For reading only; the file must exist.
        READ,
        /// For reading and writing; the file must exist.
        WRITE,
        /// For reading and writing; the file must not exist and is created empty.
        CREATE
    }

    /// The names in a directory, sorted; the names of directories end with `/`.
    ///
    /// @throws StorageException of kind NOT_FOUND when there is no such directory
    List<String> list(String directory);

    /// Whether a file or directory of that path is there.
    boolean exists(String path);

    /// Opens a file.
    ///
    /// @throws StorageException of kind NOT_FOUND or EXISTS when the mode's condition does not hold
    DiskFile open(String path, OpenMode mode);

    /// Renames a file, atomically replacing `to` when it exists. Files that are open stay open and readable.
    ///
    /// @throws StorageException of kind NOT_FOUND when `from` or the directory of `to` does not exist
    void rename(String from, String to);

    /// Deletes a file or an empty directory. Files that are open stay readable until they are closed.
    ///
    /// @throws StorageException of kind NOT_FOUND when there is none
    void delete(String path);

    /// Creates a directory and its parents as far as they do not exist yet.
    void createDirectories(String path);

    /// Makes the creations, renames and deletions in a directory survive a power cut.
    void syncDirectory(String path);

    /// Takes an exclusive lock, against other processes and other openers in this one, on a file created for
    /// that purpose. The file holds the owner's process id. The system releases the lock when the process dies.
    ///
    /// @throws StorageException of kind LOCKED, naming the owner's process id, when it is taken
    DiskLock lock(String path);

    /// How many bytes can still be written, as far as the system knows.
    long usableBytes();
}
