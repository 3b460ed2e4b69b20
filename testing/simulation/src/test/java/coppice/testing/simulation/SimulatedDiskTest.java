package coppice.testing.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.StorageException;
import coppice.kernel.platform.StorageException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SimulatedDiskTest {
    private static final int SEEDS = 300;

    private final SimulatedDisk disk = new SimulatedDisk();

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] content(SimulatedDisk disk, String path) {
        try (DiskFile file = disk.open(path, OpenMode.READ)) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(0, bytes, 0, bytes.length);
            return bytes;
        }
    }

    private DiskFile durableFile(String path, byte[] content) {
        DiskFile file = disk.open(path, OpenMode.CREATE);
        file.write(0, content, 0, content.length);
        file.sync();
        disk.syncDirectory(Names.parent(path));
        return file;
    }

    /// Everything that may be there after a power cut at this moment.
    private Set<String> futures(String path) {
        Set<String> futures = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk left = disk.afterPowerCut(seed);
            futures.add(left.exists(path) ? new String(content(left, path), US_ASCII) : "nothing");
        }
        return futures;
    }

    @Test
    void whatWasSyncedUnderASyncedNameSurvives() {
        try (DiskFile file = durableFile("a", filled(3, 'a'))) {
            assertThat(futures("a")).containsExactly("aaa");
            file.writeDurably(1, filled(1, 'b'), 0, 1);
            assertThat(futures("a")).containsExactly("aba");
        }
    }

    @Test
    void unsyncedBytesAreKeptLostOrTorn() {
        try (DiskFile file = durableFile("a", filled(4, 'a'))) {
            file.write(1, filled(2, 'b'), 0, 2);
            assertThat(futures("a")).contains("aaaa", "abba").isSubsetOf("aaaa", "abba", "abaa", "aaba");
            assertThat(new String(content(disk, "a"), US_ASCII)).isEqualTo("abba");
            file.sync();
            assertThat(futures("a")).containsExactly("abba");
        }
    }

    @Test
    void writesTearAtSectorsAndAnywhere() {
        try (DiskFile file = durableFile("a", filled(16_384, 'a'))) {
            file.write(100, filled(16_000, 'b'), 0, 16_000);
            int sectors = 0;
            int pages = 0;
            int elsewhere = 0;
            for (long seed = 0; seed < SEEDS; seed++) {
                byte[] left = content(disk.afterPowerCut(seed), "a");
                for (int i = 101; i < 16_100; i++) {
                    if (left[i] != left[i - 1]) {
                        pages += i % 4096 == 0 ? 1 : 0;
                        sectors += i % 4096 != 0 && i % 512 == 0 ? 1 : 0;
                        elsewhere += i % 512 == 0 ? 0 : 1;
                    }
                }
            }
            assertThat(pages).isPositive();
            assertThat(sectors).isPositive();
            assertThat(elsewhere).isPositive();
        }
    }

    @Test
    void laterWritesMaySurviveEarlierOnes() {
        try (DiskFile one = durableFile("a", filled(1, 'a'));
                DiskFile other = durableFile("b", filled(1, 'a'))) {
            one.write(0, filled(1, '1'), 0, 1);
            other.write(0, filled(1, '2'), 0, 1);
            Set<String> futures = new TreeSet<>();
            for (long seed = 0; seed < SEEDS; seed++) {
                SimulatedDisk left = disk.afterPowerCut(seed);
                futures.add(new String(content(left, "a"), US_ASCII) + new String(content(left, "b"), US_ASCII));
            }
            assertThat(futures).containsExactly("12", "1a", "a2", "aa");
        }
    }

    @Test
    void aDurableWriteSaysNothingAboutEarlierOnesElsewhere() {
        try (DiskFile file = durableFile("a", filled(3, 'a'))) {
            file.write(0, filled(2, 'b'), 0, 2);
            file.writeDurably(1, filled(2, 'c'), 0, 2);
            assertThat(futures("a")).containsExactly("acc", "bcc");
        }
    }

    @Test
    void aLengthMaySurviveWithoutItsBytes() {
        try (DiskFile file = durableFile("a", filled(1, 'a'))) {
            file.write(1, filled(2, 'b'), 0, 2);
            assertThat(futures("a")).contains("a", "abb", "a\0\0");
            file.truncate(0);
            assertThat(futures("a")).contains("", "a", "abb");
        }
    }

    @Test
    void namesLastOnlyOnceTheirDirectoryWasSynced() {
        disk.createDirectories("d");
        try (DiskFile file = disk.open("d/a", OpenMode.CREATE)) {
            file.writeDurably(0, filled(1, 'a'), 0, 1);
            disk.syncDirectory("d");
            assertThat(futures("d/a"))
                    .as("the directory itself has no durable name yet")
                    .containsExactly("a", "nothing");
            disk.syncDirectory("");
            assertThat(futures("d/a")).containsExactly("a");
            disk.delete("d/a");
            assertThat(futures("d/a")).containsExactly("a", "nothing");
            disk.syncDirectory("d");
            assertThat(futures("d/a")).containsExactly("nothing");
        }
    }

    @Test
    void aRenameIsAllOrNothing() {
        durableFile("old", filled(1, 'o')).close();
        durableFile("new", filled(1, 'n')).close();
        disk.rename("new", "old");
        Set<String> futures = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk left = disk.afterPowerCut(seed);
            futures.add(new String(content(left, "old"), US_ASCII) + left.exists("new"));
        }
        assertThat(futures).containsExactly("nfalse", "otrue");
    }

    @Test
    void aKilledProcessLosesNothingAndMakesNothingDurable() {
        try (DiskFile file = durableFile("a", filled(1, 'a'))) {
            file.write(0, filled(1, 'b'), 0, 1);
            SimulatedDisk left = disk.afterKill();
            assertThat(new String(content(left, "a"), US_ASCII)).isEqualTo("b");
            Set<String> futures = new TreeSet<>();
            for (long seed = 0; seed < SEEDS; seed++) {
                futures.add(new String(content(left.afterPowerCut(seed), "a"), US_ASCII));
            }
            assertThat(futures).containsExactly("a", "b");
            file.write(0, filled(1, 'c'), 0, 1);
            assertThat(new String(content(left, "a"), US_ASCII))
                    .as("a disk of its own")
                    .isEqualTo("b");
        }
    }

    @Test
    void aSyncAfterAFailedOneMakesUpForNothing() {
        try (DiskFile file = durableFile("a", filled(2, 'a'))) {
            file.write(0, filled(1, 'b'), 0, 1);
            disk.fail(Kind.IO, access -> access.kind() == Access.Kind.SYNC);
            assertThatThrownBy(file::sync).isInstanceOf(StorageException.class);
            disk.heal();
            file.sync();
            assertThat(futures("a")).containsExactly("aa", "ba");
            file.write(0, filled(1, 'c'), 0, 1);
            file.sync();
            assertThat(futures("a")).as("written again").containsExactly("ca");
        }
    }

    @Test
    void thePowerGoesInTheMidstOfAChange() {
        DiskFile file = durableFile("a", filled(1, 'a'));
        long before = disk.changes();
        disk.cutPowerAt(2);
        file.write(0, filled(1, 'b'), 0, 1);
        assertThatThrownBy(file::sync).isInstanceOf(PowerCut.class);
        assertThat(disk.isDead()).isTrue();
        assertThat(disk.changes()).isEqualTo(before + 2);
        assertThatThrownBy(() -> disk.list("")).isInstanceOf(PowerCut.class);
        assertThatThrownBy(file::size).isInstanceOf(PowerCut.class);
        assertThat(futures("a")).containsExactly("a", "b");
    }

    @Test
    void theObserverSeesEveryChangeInItsMidst() {
        DiskFile file = durableFile("a", filled(1, 'a'));
        List<String> seen = new ArrayList<>();
        disk.observe(access -> seen.add(access.kind() + " " + access.path() + " " + futures("a")));
        file.writeDurably(0, filled(1, 'b'), 0, 1);
        file.truncate(0);
        file.sync();
        disk.delete("a");
        disk.syncDirectory("");
        assertThat(seen)
                .containsExactly(
                        "WRITE a [a, b]",
                        "RESIZE a [, b]",
                        "SYNC a [, b]",
                        "DELETE a [, nothing]",
                        "SYNC_DIRECTORY  [, nothing]");
        assertThat(futures("a")).containsExactly("nothing");
    }

    @Test
    void aFailedAccessChangesLittle() {
        disk.fail(Kind.NO_SPACE, access -> access.kind().isChange());
        assertThatThrownBy(() -> disk.open("a", OpenMode.CREATE))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_SPACE));
        assertThat(disk.list("")).isEmpty();
        disk.heal();
        try (DiskFile file = durableFile("a", filled(4, 'a'))) {
            disk.fail(Kind.NO_SPACE, access -> access.kind() == Access.Kind.WRITE);
            assertThatThrownBy(() -> file.write(0, filled(4, 'b'), 0, 4)).isInstanceOf(StorageException.class);
            assertThat(new String(content(disk, "a"), US_ASCII)).isEqualTo("bbaa");
        }
    }
}
