package coppice.engine.repair;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.engine.repair.Handover.Move;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.MemoryDisk;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandoverTest {
    private final MemoryDisk disk = new MemoryDisk();

    private void put(String path, String content) {
        try (DiskFile file = disk.open(path, OpenMode.CREATE)) {
            file.write(0, content.getBytes(US_ASCII), 0, content.length());
        }
    }

    private String content(String path) {
        try (DiskFile file = disk.open(path, OpenMode.READ)) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(0, bytes, 0, bytes.length);
            return new String(bytes, US_ASCII);
        }
    }

    private void prepare() {
        disk.createDirectories("packs");
        put("packs/1", "old");
        disk.createDirectories("repair");
        put("repair/2", "new");
        Handover.prepare(disk, 7, List.of(Move.aside("packs/1", 7), new Move("repair/2", "packs/2")));
    }

    @Test
    void thePlanIsTextWithAChecksum() {
        prepare();
        assertThat(content("repair/PLAN"))
                .startsWith("coppice repair 1\n7\npacks/1 damaged/7-1\nrepair/2 packs/2\n")
                .hasSize("coppice repair 1\n7\npacks/1 damaged/7-1\nrepair/2 packs/2\n".length() + 9);
    }

    @Test
    void aPlanOfTheManifestThatIsThereIsCompleted() {
        prepare();
        disk.rename("packs/1", "elsewhere"); // the first move was done before the crash
        Handover.complete(disk, 7);
        assertThat(content("packs/2")).isEqualTo("new");
        assertThat(disk.exists("repair")).isFalse();
        Handover.complete(disk, 7);
        assertThat(disk.list("packs")).containsExactly("2");
    }

    @Test
    void aPlanOfAnotherManifestOrADamagedOneIsThrownAway() {
        for (String end : List.of("", "x")) {
            HandoverTest other = new HandoverTest();
            other.prepare();
            try (DiskFile plan = other.disk.open("repair/PLAN", OpenMode.WRITE)) {
                plan.write(plan.size(), end.getBytes(US_ASCII), 0, end.length());
            }
            Handover.complete(other.disk, end.isEmpty() ? 6 : 7);
            assertThat(other.disk.list("packs")).containsExactly("1");
            assertThat(other.disk.exists("repair")).isFalse();
        }
    }
}
