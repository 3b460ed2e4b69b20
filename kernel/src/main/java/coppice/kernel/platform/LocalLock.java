package coppice.kernel.platform;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A lock file of a [LocalDisk], held with the operating system's record lock.
///
/// POSIX drops a process's record locks on a file as soon as the process closes *any* handle on it. So this
/// process remembers which files it holds, and opens none of them a second time.
final class LocalLock implements DiskLock {
    // Far behind the text, so that others can read the text where record locks are mandatory.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
    private static final int LONGEST_TEXT = 32;

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final RandomAccessFile file;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalLock(Path key, RandomAccessFile file) {
        this.key = key;
        this.file = file;
    }

    static LocalLock take(String name, Path path) throws IOException {
        Path key = key(path);
        if (!HELD.add(key)) {
            throw heldHere(name);
        }
        RandomAccessFile file = null;
        try {
            file = new RandomAccessFile(path.toFile(), "rw");
            if (!tryLock(file)) {
                throw new StorageException(StorageException.Kind.LOCKED, name, "by " + owner(file), null);
            }
            file.setLength(0);
            file.write((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII));
            return new LocalLock(key, file);
        } catch (IOException | RuntimeException e) {
            try {
                closeQuietly(file, e);
            } finally {
                HELD.remove(key);
            }
            throw e;
        }
    }

    /// Opening and closing the file again would drop the lock.
    static void refuseToOpen(String name, Path path) {
        if (!HELD.isEmpty()) {
            try {
                if (HELD.contains(key(path))) {
                    throw heldHere(name);
                }
            } catch (IOException _) {
                // No such directory: opening will say so.
            }
        }
    }

    // The channel is used here and never again, so no interrupt can close it later.
    @SuppressWarnings("resource") // The lock lives as long as the file.
    private static boolean tryLock(RandomAccessFile file) throws IOException {
        try {
            FileLock lock = file.getChannel().tryLock(LOCKED_BYTE, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    private static String owner(RandomAccessFile file) throws IOException {
        byte[] text = new byte[LONGEST_TEXT];
        int length = Math.max(0, file.read(text));
        String pid = new String(text, 0, length, StandardCharsets.US_ASCII).strip();
        return pid.isEmpty() ? "another process" : "process " + pid;
    }

    private static StorageException heldHere(String name) {
        return new StorageException(
                StorageException.Kind.LOCKED,
                name,
                "by process " + ProcessHandle.current().pid() + ", this one",
                null);
    }

    private static Path key(Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        Path file = path.getFileName();
        return directory == null || file == null ? path : directory.toRealPath().resolve(file);
    }

    private static void closeQuietly(@Nullable RandomAccessFile file, Exception because) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            throw Failures.of(key.toString(), key, e);
        } finally {
            HELD.remove(key);
        }
    }
}
