package coppice.kernel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.platform.Disk.OpenMode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest extends DiskContract {
    @TempDir
    Path directory;

    @Override
    protected Disk emptyDisk() {
        return LocalDisk.at(directory.resolve("disk"));
    }

    @Test
    void aRootThatDoesNotExistIsNotFound() {
        assertThatThrownBy(() -> LocalDisk.at(directory.resolve("no")).list(""))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.NOT_FOUND));
    }

    @Test
    void pathsCannotLeaveTheRoot() {
        Disk disk = LocalDisk.at(directory.resolve("disk"));
        assertThatThrownBy(() -> disk.exists("../secret")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> disk.exists("/etc/passwd")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSystemsRefusalsAreToldApart() {
        assertKind(StorageException.Kind.NOT_FOUND, new NoSuchFileException("x"));
        assertKind(StorageException.Kind.EXISTS, new FileAlreadyExistsException("x"));
        assertKind(StorageException.Kind.DENIED, new FileNotFoundException("x (Permission denied)"));
        assertKind(StorageException.Kind.READ_ONLY, new FileNotFoundException("x (Read-only file system)"));
        assertKind(StorageException.Kind.READ_ONLY, new FileSystemException("x", null, "Read-only file system"));
        assertKind(StorageException.Kind.NO_SPACE, new IOException("No space left on device"));
        assertKind(StorageException.Kind.NO_SPACE, new IOException("Disk quota exceeded"));
        assertKind(StorageException.Kind.IO, new IOException("Input/output error"));
        assertKind(
                StorageException.Kind.NOT_FOUND,
                new FileNotFoundException("x (Datei oder Verzeichnis nicht gefunden)"));
    }

    private void assertKind(StorageException.Kind kind, IOException e) {
        StorageException found = Failures.of("x", directory.resolve("x"), e);
        assertThat(found.kind()).as(e.toString()).isEqualTo(kind);
        assertThat(found).hasCause(e).hasMessageContaining("'x'");
    }

    @Test
    void anotherProcessIsRefusedAndToldWhoHoldsTheLock() throws Exception {
        LocalDisk disk = LocalDisk.at(directory);
        try (DiskLock _ = disk.lock("LOCK")) {
            assertThat(tryLockInAnotherProcess())
                    .contains("LOCKED", "process " + ProcessHandle.current().pid());
            // POSIX would drop the lock when this process closes another handle on the file.
            assertThatThrownBy(() -> disk.open("LOCK", OpenMode.READ)).isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> disk.lock("LOCK")).isInstanceOf(StorageException.class);
            assertThat(tryLockInAnotherProcess())
                    .contains("LOCKED", "process " + ProcessHandle.current().pid());
        }
        assertThat(tryLockInAnotherProcess()).contains("TAKEN");
    }

    @Test
    void aLinkToTheSameDirectoryDoesNotFoolTheLock() throws IOException {
        Path link =
                Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("real")));
        try (DiskLock _ = LocalDisk.at(directory.resolve("real")).lock("LOCK")) {
            assertThatThrownBy(() -> LocalDisk.at(link).lock("LOCK")).isInstanceOf(StorageException.class);
        }
    }

    private String tryLockInAnotherProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockProbe.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    /// Run as a process of its own.
    static final class LockProbe {
        private LockProbe() {}

        public static void main(String[] arguments) {
            try (DiskLock _ = LocalDisk.at(Path.of(arguments[0])).lock("LOCK")) {
                System.out.println("TAKEN");
            } catch (StorageException e) {
                System.out.println(e.kind() + " " + e.getMessage());
            }
        }
    }

    @Test
    void aRenamedFileStaysReadableThroughAnInterrupt() throws InterruptedException {
        LocalDisk disk = LocalDisk.at(directory);
        try (DiskFile file = disk.open("a", OpenMode.CREATE)) {
            file.write(0, new byte[] {1}, 0, 1);
            file.read(0, new byte[1], 0, 1);
            disk.rename("a", "b");
            try (DiskFile other = disk.open("a", OpenMode.CREATE)) {
                other.write(0, new byte[] {2}, 0, 1);
            }
            interruptInsideReads(file);
            byte[] found = new byte[1];
            file.read(0, found, 0, 1);
            assertThat(found[0]).isEqualTo((byte) 1);
        }
    }

    private static void interruptInsideReads(DiskFile file) throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        Thread reader = Thread.ofPlatform().start(() -> {
            byte[] into = new byte[1];
            while (!stop.get()) {
                boolean _ = Thread.interrupted();
                file.read(0, into, 0, 1);
            }
        });
        for (int round = 0; round < 2_000; round++) {
            reader.interrupt();
            Thread.onSpinWait();
        }
        stop.set(true);
        reader.join();
    }

    @Test
    void interruptStormsLoseNothing() throws InterruptedException {
        LocalDisk disk = LocalDisk.at(directory);
        int rounds = 1_500;
        try (DiskFile file = disk.open("a", OpenMode.CREATE)) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            AtomicBoolean done = new AtomicBoolean();
            List<Thread> threads = new ArrayList<>();
            for (int lane = 0; lane < 4; lane++) {
                int mine = lane;
                Runnable work = () -> writeAndReadBack(file, mine, rounds);
                Thread thread = lane % 2 == 0
                        ? Thread.ofPlatform().unstarted(work)
                        : Thread.ofVirtual().unstarted(work);
                thread.setUncaughtExceptionHandler((_, e) -> failure.set(e));
                threads.add(thread);
            }
            Thread storm = Thread.ofPlatform().start(() -> {
                Random random = new Random(3);
                while (!done.get()) {
                    threads.get(random.nextInt(threads.size())).interrupt();
                    LockSupport.parkNanos(1_000);
                }
            });
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            done.set(true);
            storm.join();
            assertThat(failure).hasValue(null);
            byte[] found = new byte[8];
            for (int slot = 0; slot < 4 * rounds; slot++) {
                file.read(8L * slot, found, 0, 8);
                assertThat(Bytes.i64(found, 0)).isEqualTo(slot + 1L);
            }
        }
    }

    private static void writeAndReadBack(DiskFile file, int lane, int rounds) {
        byte[] bytes = new byte[8];
        for (int round = 0; round < rounds; round++) {
            long slot = (long) lane * rounds + round;
            Bytes.putI64(bytes, 0, slot + 1);
            if (round % 16 == 0) {
                file.writeDurably(8 * slot, bytes, 0, 8);
            } else {
                file.write(8 * slot, bytes, 0, 8);
            }
            boolean before = Thread.currentThread().isInterrupted();
            file.read(8 * slot, bytes, 0, 8);
            if (before && !Thread.currentThread().isInterrupted()) {
                throw new AssertionError("the interrupt flag was lost");
            }
            if (Bytes.i64(bytes, 0) != slot + 1) {
                throw new AssertionError("slot " + slot + " reads " + Bytes.i64(bytes, 0));
            }
            if (round % 3 == 0) {
                boolean _ = Thread.interrupted();
            }
        }
    }
}
