package coppice.kernel.platform;

/// A lock held by this process until it is closed. Closing again does nothing.
public interface DiskLock extends AutoCloseable {
    /// Releases the lock.
    @Override
    void close();
}
