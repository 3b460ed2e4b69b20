package coppice.kernel.platform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A disk in the heap, gone with its last reference: for databases that need not outlive the process, and for
/// tests. Syncs do nothing. Thread-safe; reads take no lock.
public final class MemoryDisk implements Disk {
    private final Map<String, MemoryFile.Content> files = new HashMap<>();
    private final Set<String> directories = new HashSet<>();
    private final Set<String> locks = new HashSet<>();

    /// An empty disk.
    public MemoryDisk() {
        directories.add("");
    }

    @Override
    public synchronized List<String> list(String directory) {
        if (!directories.contains(directory)) {
            throw notFound(directory);
        }
        String prefix = directory.isEmpty() ? "" : directory + "/";
        Set<String> names = new TreeSet<>();
        for (String path : files.keySet()) {
            if (path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0) {
                names.add(path.substring(prefix.length()));
            }
        }
        for (String path : directories) {
            if (path.length() > prefix.length() && path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0) {
                names.add(path.substring(prefix.length()) + "/");
            }
        }
        return new ArrayList<>(names);
    }

    @Override
    public synchronized boolean exists(String path) {
        return files.containsKey(path) || directories.contains(path);
    }

    @Override
    public synchronized DiskFile open(String path, OpenMode mode) {
        MemoryFile.Content content = files.get(path);
        if (mode == OpenMode.CREATE) {
            if (content != null || directories.contains(path)) {
                throw new StorageException(StorageException.Kind.EXISTS, path, null);
            }
            requireParent(path);
            content = new MemoryFile.Content();
            files.put(path, content);
        }
        if (content == null) {
            throw notFound(path);
        }
        return new MemoryFile(path, content, mode != OpenMode.READ);
    }

    @Override
    public synchronized void rename(String from, String to) {
        if (!files.containsKey(from)) {
            throw notFound(from);
        }
        requireParent(to);
        if (directories.contains(to)) {
            throw new StorageException(StorageException.Kind.EXISTS, to, "a directory has this name", null);
        }
        MemoryFile.Content content = files.remove(from);
        files.put(to, content);
    }

    @Override
    public synchronized void delete(String path) {
        if (files.remove(path) != null) {
            return;
        }
        if (path.isEmpty() || !directories.contains(path)) {
            throw notFound(path);
        }
        if (!list(path).isEmpty()) {
            throw new StorageException(StorageException.Kind.IO, path, "the directory is not empty", null);
        }
        directories.remove(path);
    }

    @Override
    public synchronized void createDirectories(String path) {
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            createDirectory(path.substring(0, end));
        }
        createDirectory(path);
    }

    private void createDirectory(String path) {
        if (files.containsKey(path)) {
            throw new StorageException(StorageException.Kind.EXISTS, path, "a file has this name", null);
        }
        directories.add(path);
    }

    @Override
    public synchronized void syncDirectory(String path) {
        if (!directories.contains(path)) {
            throw notFound(path);
        }
    }

    @Override
    public synchronized DiskLock lock(String path) {
        requireParent(path);
        if (!locks.add(path)) {
            throw new StorageException(
                    StorageException.Kind.LOCKED,
                    path,
                    "by process " + ProcessHandle.current().pid() + ", this one",
                    null);
        }
        files.computeIfAbsent(path, _ -> new MemoryFile.Content());
        return new Lock(path);
    }

    @Override
    public long usableBytes() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    private synchronized void unlock(String path) {
        locks.remove(path);
    }

    private void requireParent(String path) {
        int slash = path.lastIndexOf('/');
        String parent = slash < 0 ? "" : path.substring(0, slash);
        if (!directories.contains(parent)) {
            throw notFound(parent);
        }
    }

    private static StorageException notFound(String path) {
        return new StorageException(StorageException.Kind.NOT_FOUND, path, null);
    }

    private final class Lock implements DiskLock {
        private @Nullable String path;

        Lock(String path) {
            this.path = path;
        }

        @Override
        public synchronized void close() {
            String held = path;
            path = null;
            if (held != null) {
                unlock(held);
            }
        }
    }
}
