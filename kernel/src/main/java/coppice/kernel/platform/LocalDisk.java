package coppice.kernel.platform;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// A directory of this machine. Thread-safe and interruption-proof: see [LocalFile] for how.
public final class LocalDisk implements Disk {
    private final Path root;

    private LocalDisk(Path root) {
        this.root = root;
    }

    /// The disk whose root is `root`, which need not exist yet. Does no I/O.
    public static LocalDisk at(Path root) {
        return new LocalDisk(root.toAbsolutePath().normalize());
    }

    /// Where the disk's root is.
    public Path root() {
        return root;
    }

    @Override
    public List<String> list(String directory) {
        Path path = resolve(directory);
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                names.add(entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""));
            }
        } catch (IOException e) {
            throw Failures.of(directory, path, e);
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(resolve(path));
    }

    @Override
    public DiskFile open(String path, OpenMode mode) {
        Path file = resolve(path);
        LocalLock.refuseToOpen(path, file);
        try {
            if (mode == OpenMode.CREATE) {
                Files.createFile(file);
            }
            return LocalFile.open(path, file, mode != OpenMode.READ);
        } catch (IOException e) {
            throw Failures.of(path, file, e);
        }
    }

    @Override
    public void rename(String from, String to) {
        Path source = resolve(from);
        try {
            Files.move(source, resolve(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Failures.of(from, source, e);
        }
    }

    @Override
    public void delete(String path) {
        Path file = resolve(path);
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw Failures.of(path, file, e);
        }
    }

    @Override
    public void createDirectories(String path) {
        Path directory = resolve(path);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw Failures.of(path, directory, e);
        }
    }

    @Override
    public void syncDirectory(String path) {
        if (File.separatorChar == '\\') {
            return; // Windows has no handle on a directory to sync; its file systems journal the entries.
        }
        Path directory = resolve(path);
        AtomicReference<IOException> failure = new AtomicReference<>();
        // A directory can only be synced through a channel, which an interrupt would close, and with it might
        // swallow an error that is reported only once. Nobody can interrupt this thread.
        Thread thread = Thread.ofPlatform().daemon().name("sync-directory").start(() -> {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException e) {
                failure.set(e);
            }
        });
        ThreadTasks.joinUninterruptibly(thread);
        IOException e = failure.get();
        if (e != null) {
            throw Failures.of(path, directory, e);
        }
    }

    @Override
    public DiskLock lock(String path) {
        Path file = resolve(path);
        try {
            return LocalLock.take(path, file);
        } catch (IOException e) {
            throw Failures.of(path, file, e);
        }
    }

    @Override
    public long usableBytes() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            throw Failures.of("", root, e);
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }

    private Path resolve(String path) {
        Path resolved = root.resolve(path).normalize();
        if (!resolved.startsWith(root)) {
            throw new IllegalArgumentException("A path on a disk stays below its root: '" + path + "'");
        }
        return resolved;
    }
}
