package coppice.testing.simulation;

/// One thing that a program does with a disk.
///
/// @param number counts the accesses of the disk from 1; changes are counted apart
/// @param kind what it is
/// @param path the file or directory
public record Access(long number, Kind kind, String path) {
    /// What a program may do.
    public enum Kind {
        /// Reads bytes of a file.
        READ(false),
        /// Looks at names or opens an existing file.
        LOOK(false),
        /// Writes bytes, durably or not.
        WRITE(true),
        /// Makes a file's content durable.
        SYNC(true),
        /// Changes a file's length.
        RESIZE(true),
        /// Creates a file or directory.
        CREATE(true),
        /// Renames a file.
        RENAME(true),
        /// Deletes a file or directory.
        DELETE(true),
        /// Makes names durable.
        SYNC_DIRECTORY(true);

        private final boolean change;

        Kind(boolean change) {
            this.change = change;
        }

        /// Whether it changes what is on the disk or what a power cut leaves of it.
        public boolean isChange() {
            return change;
        }
    }
}
