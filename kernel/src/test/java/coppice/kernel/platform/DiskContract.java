package coppice.kernel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.platform.Disk.OpenMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What every [Disk] promises. Each one extends this with a test class of its own.
public abstract class DiskContract {
    /// A disk that is empty.
    protected abstract Disk emptyDisk();

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void put(Disk disk, String path, String text) {
        try (DiskFile file = disk.open(path, OpenMode.CREATE)) {
            file.write(0, ascii(text), 0, text.length());
            file.sync();
        }
    }

    private static String text(DiskFile file) {
        byte[] bytes = new byte[(int) file.size()];
        file.read(0, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String text(Disk disk, String path) {
        try (DiskFile file = disk.open(path, OpenMode.READ)) {
            return text(file);
        }
    }

    private static void assertKind(StorageException.Kind kind, String path, Runnable act) {
        assertThatThrownBy(act::run).isInstanceOfSatisfying(StorageException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.path()).isEqualTo(path);
            assertThat(e.getMessage()).contains("'" + path + "'");
        });
    }

    @Test
    void startsEmptyAndListsWhatIsCreatedInOrder() {
        Disk disk = emptyDisk();
        disk.createDirectories("");
        assertThat(disk.list("")).isEmpty();
        put(disk, "b", "1");
        put(disk, "a", "2");
        disk.createDirectories("dir/deeper");
        put(disk, "dir/c", "3");
        assertThat(disk.list("")).containsExactly("a", "b", "dir/");
        assertThat(disk.list("dir")).containsExactly("c", "deeper/");
        assertThat(disk.list("dir/deeper")).isEmpty();
        assertThat(disk.exists("a")).isTrue();
        assertThat(disk.exists("dir")).isTrue();
        assertThat(disk.exists("dir/c")).isTrue();
        assertThat(disk.exists("c")).isFalse();
    }

    @Test
    void refusesWhatIsNotThere() {
        Disk disk = emptyDisk();
        disk.createDirectories("");
        assertKind(StorageException.Kind.NOT_FOUND, "no", () -> disk.open("no", OpenMode.READ));
        assertKind(StorageException.Kind.NOT_FOUND, "no", () -> disk.open("no", OpenMode.WRITE));
        assertKind(StorageException.Kind.NOT_FOUND, "no", () -> disk.list("no"));
        assertKind(StorageException.Kind.NOT_FOUND, "no", () -> disk.delete("no"));
        assertKind(StorageException.Kind.NOT_FOUND, "no", () -> disk.rename("no", "yes"));
        assertKind(StorageException.Kind.NOT_FOUND, "no", () -> disk.syncDirectory("no"));
        assertThatThrownBy(() -> disk.open("no/file", OpenMode.CREATE)).isInstanceOf(StorageException.class);
        assertThat(disk.list("")).isEmpty();
    }

    @Test
    void refusesToCreateWhatIsThere() {
        Disk disk = emptyDisk();
        disk.createDirectories("");
        put(disk, "a", "old");
        assertKind(StorageException.Kind.EXISTS, "a", () -> disk.open("a", OpenMode.CREATE));
        assertThat(text(disk, "a")).isEqualTo("old");
    }

    @Test
    void renamesOverAnotherFileAndKeepsOpenHandlesReadable() {
        Disk disk = emptyDisk();
        disk.createDirectories("d");
        put(disk, "d/new", "new");
        put(disk, "d/old", "old");
        try (DiskFile over = disk.open("d/old", OpenMode.READ);
                DiskFile moved = disk.open("d/new", OpenMode.WRITE)) {
            disk.rename("d/new", "d/old");
            disk.syncDirectory("d");
            assertThat(text(over)).isEqualTo("old");
            assertThat(text(moved)).isEqualTo("new");
            moved.writeDurably(3, ascii("er"), 0, 2);
        }
        assertThat(disk.list("d")).containsExactly("old");
        assertThat(text(disk, "d/old")).isEqualTo("newer");
    }

    @Test
    void deletesFilesAndEmptyDirectories() {
        Disk disk = emptyDisk();
        disk.createDirectories("d");
        put(disk, "d/a", "kept by the handle");
        try (DiskFile file = disk.open("d/a", OpenMode.READ)) {
            assertThatThrownBy(() -> disk.delete("d")).isInstanceOf(StorageException.class);
            disk.delete("d/a");
            assertThat(disk.exists("d/a")).isFalse();
            assertThat(text(file)).isEqualTo("kept by the handle");
        }
        disk.delete("d");
        assertThat(disk.list("")).isEmpty();
    }

    @Test
    void readsStopAtTheEndOfTheFile() {
        Disk disk = emptyDisk();
        disk.createDirectories("");
        put(disk, "a", "abcdef");
        try (DiskFile file = disk.open("a", OpenMode.READ)) {
            byte[] into = new byte[10];
            assertThat(file.readUpTo(2, into, 1, 9)).isEqualTo(4);
            assertThat(new String(into, 1, 4, StandardCharsets.US_ASCII)).isEqualTo("cdef");
            assertThat(file.readUpTo(6, into, 0, 1)).isZero();
            assertThat(file.readUpTo(60, into, 0, 1)).isZero();
            assertThatThrownBy(() -> file.read(3, into, 0, 4)).isInstanceOfSatisfying(CorruptException.class, e -> {
                assertThat(e.where()).isEqualTo("a");
                assertThat(e.offset()).isEqualTo(3);
            });
            assertThatThrownBy(() -> file.read(0, into, 8, 3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> file.write(0, into, 0, 1)).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void gapsReadAsZerosAlsoAfterShrinking() {
        Disk disk = emptyDisk();
        disk.createDirectories("");
        try (DiskFile file = disk.open("a", OpenMode.CREATE)) {
            file.write(0, new byte[] {1, 2, 3, 4}, 0, 4);
            file.truncate(2);
            assertThat(file.size()).isEqualTo(2);
            file.write(200_000, new byte[] {5}, 0, 1);
            file.truncate(300_000);
            assertThat(file.size()).isEqualTo(300_000);
            byte[] expected = new byte[300_000];
            expected[0] = 1;
            expected[1] = 2;
            expected[200_000] = 5;
            byte[] found = new byte[300_000];
            file.read(0, found, 0, found.length);
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void anyWritesReadBackLikeAnArray() {
        long seed = 7;
        Random random = new Random(seed);
        Disk disk = emptyDisk();
        disk.createDirectories("");
        byte[] model = new byte[600_000];
        int size = 0;
        try (DiskFile file = disk.open("a", OpenMode.CREATE)) {
            for (int step = 0; step < 300; step++) {
                int at = random.nextInt(model.length - 70_000);
                byte[] bytes = new byte[random.nextInt(70_000)];
                random.nextBytes(bytes);
                int skip = random.nextInt(bytes.length + 1);
                int length = bytes.length - skip;
                if (random.nextInt(4) == 0) {
                    file.writeDurably(at, bytes, skip, length);
                } else {
                    file.write(at, bytes, skip, length);
                }
                System.arraycopy(bytes, skip, model, at, length);
                size = length == 0 ? size : Math.max(size, at + length);
                if (random.nextInt(20) == 0) {
                    size = random.nextInt(size + 1);
                    file.truncate(size);
                    Arrays.fill(model, size, model.length, (byte) 0);
                }
                byte[] found = new byte[size];
                file.read(0, found, 0, size);
                assertThat(file.size()).as("seed %s step %s", seed, step).isEqualTo(size);
                assertThat(Arrays.equals(found, 0, size, model, 0, size))
                        .as("seed %s step %s", seed, step)
                        .isTrue();
            }
        }
    }

    @Test
    void aClosedHandleSaysSo() {
        Disk disk = emptyDisk();
        disk.createDirectories("");
        DiskFile file = disk.open("a", OpenMode.CREATE);
        file.close();
        file.close();
        byte[] bytes = new byte[1];
        for (Runnable act : new Runnable[] {
            file::size,
            file::sync,
            () -> file.read(0, bytes, 0, 1),
            () -> file.write(0, bytes, 0, 1),
            () -> file.writeDurably(0, bytes, 0, 1),
            () -> file.truncate(0)
        }) {
            assertThatThrownBy(act::run)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("'a'")
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void theSecondLockIsRefusedNamingTheOwner() {
        Disk disk = emptyDisk();
        disk.createDirectories("");
        DiskLock lock = disk.lock("LOCK");
        assertThatThrownBy(() -> disk.lock("LOCK")).isInstanceOfSatisfying(StorageException.class, e -> {
            assertThat(e.kind()).isEqualTo(StorageException.Kind.LOCKED);
            assertThat(e.getMessage())
                    .contains("process " + ProcessHandle.current().pid());
        });
        lock.close();
        lock.close();
        DiskLock again = disk.lock("LOCK");
        lock.close(); // must not release the lock of its successor
        assertThatThrownBy(() -> disk.lock("LOCK")).isInstanceOf(StorageException.class);
        again.close();
        disk.lock("LOCK").close();
    }

    @Test
    void everythingWorksForAnInterruptedThreadAndKeepsItsFlag() throws InterruptedException {
        Disk disk = emptyDisk();
        AtomicBoolean flagKept = new AtomicBoolean();
        Thread thread = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            disk.createDirectories("d");
            DiskLock lock = disk.lock("LOCK");
            put(disk, "d/a", "0123");
            try (DiskFile file = disk.open("d/a", OpenMode.WRITE)) {
                file.writeDurably(4, ascii("45"), 0, 2);
                file.truncate(5);
                file.sync();
            }
            disk.syncDirectory("d");
            disk.rename("d/a", "d/b");
            lock.close();
            flagKept.set(text(disk, "d/b").equals("01234")
                    && disk.list("d").size() == 1
                    && Thread.currentThread().isInterrupted());
        });
        thread.join();
        assertThat(flagKept).isTrue();
    }
}
