package coppice.kernel.platform;

/// An open file of a [Disk]. Reads may run beside each other and beside one writer; a read that overlaps a
/// write running at the same time sees any mixture of old and new bytes. Writes exclude each other.
///
/// Every method throws [StorageException] when the medium fails, and after [#close()].
public interface DiskFile extends AutoCloseable {
    /// The path it was opened with.
    String path();

    /// The length in bytes.
    long size();

    /// Reads exactly `length` bytes.
    ///
    /// @throws coppice.kernel.bytes.CorruptException when the file ends before
    void read(long position, byte[] into, int offset, int length);

    /// Reads up to `length` bytes, fewer only at the end of the file.
    ///
    /// @return how many were read, 0 at or behind the end
    int readUpTo(long position, byte[] into, int offset, int length);

    /// Writes `length` bytes, growing the file as needed (a gap reads as zeros). Not yet on stable storage.
    void write(long position, byte[] from, int offset, int length);

    /// Writes `length` bytes and returns when they are on stable storage. Cheapest inside a range that has been
    /// written and synced before (preallocated), where no metadata changes. Says nothing about earlier plain
    /// writes.
    void writeDurably(long position, byte[] from, int offset, int length);

    /// Returns when everything written to the file is on stable storage. After a failure the state of what was
    /// written since the last success is unknown: never retry, open again.
    void sync();

    /// Cuts or grows (with zeros) to `size` bytes.
    void truncate(long size);

    /// Closes without syncing. Closing again does nothing.
    @Override
    void close();
}
