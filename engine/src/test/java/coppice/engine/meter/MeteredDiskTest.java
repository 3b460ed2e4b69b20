package coppice.engine.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseStats;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.StorageException;
import org.junit.jupiter.api.Test;

class MeteredDiskTest {
    private final Meter syncs = new Meter(new ManualClock());
    private final MeteredDisk disk = new MeteredDisk(new MemoryDisk(), "journal", syncs);

    @Test
    void countsWhatIsAskedAndPassesItOn() {
        disk.createDirectories("packs");
        try (DiskFile file = disk.open("packs/1", OpenMode.CREATE)) {
            assertThat(file.path()).isEqualTo("packs/1");
            file.write(0, new byte[] {1, 2, 3, 4, 5}, 1, 4);
            file.writeDurably(4, new byte[] {6}, 0, 1);
            file.sync();
            byte[] read = new byte[9];
            file.read(1, read, 0, 3);
            assertThat(file.readUpTo(2, read, 0, 9)).isEqualTo(3);
            assertThat(read).startsWith(4, 5, 6);
            file.truncate(2);
            assertThat(file.size()).isEqualTo(2);
        }
        disk.syncDirectory("packs");
        assertThat(disk.io()).isEqualTo(new DatabaseStats.Io(2, 6, 2, 5, 3));
        assertThat(syncs.latency().calls()).as("not the journal").isZero();
        disk.rename("packs/1", "packs/2");
        assertThat(disk.list("packs")).containsExactly("2");
        assertThat(disk.exists("packs/1")).isFalse();
        disk.delete("packs/2");
        assertThat(disk.list("packs")).isEmpty();
        assertThat(disk.usableBytes()).isPositive();
        disk.lock("LOCK").close();
        assertThatThrownBy(() -> disk.open("none", OpenMode.READ)).isInstanceOf(StorageException.class);
    }

    @Test
    void syncsOfTheJournalAreTimed() {
        disk.createDirectories("journal");
        try (DiskFile file = disk.open("journal/1", OpenMode.CREATE)) {
            file.write(0, new byte[1], 0, 1);
            assertThat(syncs.latency().calls()).isZero();
            file.sync();
            file.writeDurably(1, new byte[1], 0, 1);
        }
        assertThat(syncs.latency().calls()).isEqualTo(2);
    }
}
