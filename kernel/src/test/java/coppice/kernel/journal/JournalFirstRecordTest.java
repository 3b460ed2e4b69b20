package coppice.kernel.journal;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.platform.MemoryDisk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalFirstRecordTest {
    @Test
    void aFirstRecordLargerThanASegmentTakesThePlaceOfTheEmptyOne() {
        MemoryDisk disk = new MemoryDisk();
        List<String> written = new ArrayList<>();
        try (Journal journal = Log.open(disk)) {
            written.add(Log.shown(journal, "x".repeat(10_000)));
            journal.sync();
            journal.recycleBelow(journal.durable());
            written.add(Log.shown(journal, "y"));
            journal.sync();
        }
        List<String> replayed = new ArrayList<>();
        Log.open(disk, Log.options(), replayed).close();
        assertThat(replayed).isEqualTo(written);
    }

    @Test
    void aRecordLargerThanASegmentTakesThePlaceOfAnEmptyOneLater() {
        MemoryDisk disk = new MemoryDisk();
        long start;
        List<String> written = new ArrayList<>();
        try (Journal journal = Log.open(disk)) {
            Log.append(journal, "x".repeat(10_000));
            start = Log.append(journal, "y".repeat(10_000));
            written.add(Log.shown(journal, "z".repeat(10_000)));
            journal.sync();
            journal.recycleBelow(start);
        }
        List<String> replayed = new ArrayList<>();
        Log.open(disk, Log.options(), start, replayed).close();
        assertThat(replayed).isEqualTo(written);
    }
}
