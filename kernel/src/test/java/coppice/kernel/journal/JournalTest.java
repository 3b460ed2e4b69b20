package coppice.kernel.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.FormatVersionException;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JournalTest {
    private final Disk disk = new MemoryDisk();
    private final List<String> replayed = new ArrayList<>();

    @Test
    void replaysWhatWasAppendedInOrder() {
        List<String> expected = new ArrayList<>();
        try (Journal journal = Log.open(disk)) {
            for (int index = 0; index < 100; index++) {
                expected.add(Log.shown(journal, Log.letters('a', index)));
            }
            assertThat(journal.durable()).isLessThan(journal.appended());
            journal.sync();
            assertThat(journal.durable()).isEqualTo(journal.appended());
        }
        try (Journal journal = Log.open(disk, Log.options(), replayed)) {
            assertThat(replayed).isEqualTo(expected);
            assertThat(journal.recovery().records()).isEqualTo(100);
            assertThat(journal.recovery().cut()).isEmpty();
            assertThat(journal.recovery().endLsn())
                    .isEqualTo(journal.appended())
                    .isEqualTo(journal.durable());
        }
    }

    @Test
    void goesOnWhereItEndedAfterEachReopening() {
        List<String> expected = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            replayed.clear();
            try (Journal journal = Log.open(disk, Log.options(), replayed)) {
                assertThat(replayed).isEqualTo(expected);
                expected.add(Log.shown(journal, Log.letters('x', 13 * round)));
            }
        }
    }

    @Test
    void replaysFromAnyPositionThatAppendReturned() {
        List<String> expected = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        try (Journal journal = Log.open(disk)) {
            for (int index = 0; index < 60; index++) {
                positions.add(journal.appended());
                expected.add(Log.shown(journal, Log.letters('b', 17 * index)));
            }
            positions.add(journal.appended());
        }
        for (int from = 0; from < positions.size(); from++) {
            replayed.clear();
            Log.open(disk, Log.options(), positions.get(from), replayed).close();
            assertThat(replayed).isEqualTo(expected.subList(from, expected.size()));
        }
    }

    @Test
    void recordsOfAnySizeAroundTheSegmentSizeComeBack() {
        List<String> expected = new ArrayList<>();
        try (Journal journal = Log.open(disk)) {
            int largest = 4096 - SegmentHeader.BYTES - RecordFormat.HEADER;
            for (int size : new int[] {0, largest, largest + 1, 1, largest - 1, 100_000, 0, 4096, 300_000}) {
                expected.add(Log.shown(journal, Log.letters('c', size)));
            }
        }
        Log.open(disk, Log.options(), replayed).close();
        assertThat(replayed).isEqualTo(expected);
    }

    @Test
    void segmentsAreUsedAgainAndTheirLeftoversStayDead() {
        JournalOptions options = Log.options().withSpareSegments(2);
        List<String> expected = new ArrayList<>();
        long start = 0;
        for (int round = 0; round < 40; round++) {
            replayed.clear();
            try (Journal journal = Log.open(disk, options, start, replayed)) {
                assertThat(replayed).isEqualTo(expected);
                // Records of one size, so that leftovers lie exactly where new records would.
                for (int index = 0; index < 70; index++) {
                    expected.add(Log.shown(journal, Log.letters((char) ('a' + round % 26), 39)));
                }
                journal.sync();
                expected.clear();
                start = journal.durable();
                for (int index = 0; index < round % 5; index++) {
                    expected.add(Log.shown(journal, Log.letters('z', 39)));
                }
                journal.sync();
                journal.recycleBelow(start);
                assertThat(disk.list(Log.DIRECTORY)).hasSizeLessThanOrEqualTo(4);
            }
        }
    }

    @Test
    void theJournalOfACopyBeginsWithAShortSegment() {
        JournalOptions options = Log.options().withSegmentBytes(1 << 20);
        Journal.begin(disk, Log.DIRECTORY, options, 4096);
        assertThat(sizes()).containsExactly(64L << 10);
        List<String> expected = new ArrayList<>();
        try (Journal journal = Log.open(disk, options, 4096, replayed)) {
            assertThat(journal.recovery().endLsn()).isEqualTo(4096);
            for (int index = 0; index < 100; index++) {
                expected.add(Log.shown(journal, Log.letters('e', 1_000)));
            }
            journal.sync();
            assertThat(sizes()).containsExactly(64L << 10, 1L << 20);
        }
        Log.open(disk, options, 4096, replayed).close();
        assertThat(replayed).isEqualTo(expected);
        try (Journal journal = Log.open(disk, options, 4096, replayed)) {
            journal.recycleBelow(journal.durable());
            assertThat(sizes()).as("it is no spare").containsExactly(1L << 20);
        }
    }

    private List<Long> sizes() {
        return disk.list(Log.DIRECTORY).stream()
                .map(name -> (long) Log.content(disk, Log.DIRECTORY + "/" + name).length)
                .sorted()
                .toList();
    }

    @Test
    void recyclingKeepsWhatIsNotYetDurable() {
        try (Journal journal = Log.open(disk)) {
            List<String> expected = new ArrayList<>();
            for (int index = 0; index < 30; index++) {
                expected.add(Log.shown(journal, Log.letters('d', 500)));
            }
            journal.recycleBelow(0);
            journal.sync();
            Log.open(disk, Log.options(), replayed).close();
            assertThat(replayed).isEqualTo(expected);
        }
    }

    @Test
    void itsFiguresFollowWhatHappens() {
        long before;
        try (Journal journal = Log.open(disk)) {
            assertThat(journal.statistics()).isEqualTo(new JournalStatistics(0, 0, 0, 0));
            Log.append(journal, Log.letters('g', 10));
            Log.append(journal, Log.letters('g', 20));
            before = journal.appended();
            assertThat(journal.statistics()).isEqualTo(new JournalStatistics(2, 0, before, before));
            journal.sync();
            journal.sync();
            assertThat(journal.statistics()).isEqualTo(new JournalStatistics(2, 1, before, 0));
        }
        try (Journal journal = Log.open(disk)) {
            journal.await(Log.append(journal, ""));
            assertThat(journal.statistics()).isEqualTo(new JournalStatistics(1, 1, journal.appended() - before, 0));
        }
    }

    @Test
    void sparesAreToldFromSegmentsByTheirNames() {
        try (Journal journal = Log.open(disk)) {
            for (int index = 0; index < 30; index++) {
                Log.append(journal, Log.letters('h', 500));
            }
            journal.sync();
            assertThat(disk.list(Log.DIRECTORY)).noneMatch(Journal::isSpare);
            journal.recycleBelow(journal.durable());
            assertThat(disk.list(Log.DIRECTORY)).filteredOn(Journal::isSpare).hasSize(2);
        }
    }

    @Test
    void runningAheadIsBoundedByTheBuffer() {
        try (Journal journal = Log.open(disk, JournalOptions.of(Log.DATABASE).withBufferBytes(8192), replayed)) {
            for (int index = 0; index < 1_000; index++) {
                Log.append(journal, Log.letters('f', 1_000));
            }
            journal.flushLazily();
            Log.open(disk, JournalOptions.of(Log.DATABASE), replayed);
            assertThat(replayed).hasSize(1_000);
        }
    }

    @Test
    void refusesArgumentsThatMakeNoSense() {
        try (Journal journal = Log.open(disk)) {
            assertThatThrownBy(() -> journal.await(8)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> journal.append((byte) 0, new byte[3], 1, 3))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> Log.open(disk, Log.options(), 7, replayed))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Log.options().withSegmentBytes(4097)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Log.options().withBufferBytes(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClosedJournalSaysSo() {
        Journal journal = Log.open(disk);
        journal.close();
        journal.close();
        assertThatThrownBy(() -> Log.append(journal, "late"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void closingMakesEverythingDurable() {
        Journal journal = Log.open(disk);
        String shown = Log.shown(journal, "last words");
        journal.close();
        Log.open(disk, Log.options(), replayed).close();
        assertThat(replayed).containsExactly(shown);
    }

    @Test
    void aLogShorterThanPromisedIsDamage() {
        Log.open(disk).close();
        assertThatThrownBy(() -> Log.open(disk, Log.options().reaching(64), replayed))
                .isInstanceOfSatisfying(
                        CorruptException.class, e -> assertThat(e.offset()).isEqualTo(64));
        assertThatThrownBy(() -> Log.open(disk, Log.options(), 4096, replayed)).isInstanceOf(CorruptException.class);
    }

    @Test
    void aMissingSegmentIsDamage() {
        try (Journal journal = Log.open(disk)) {
            for (int index = 0; index < 40; index++) {
                Log.append(journal, Log.letters('g', 500));
            }
        }
        List<String> names = disk.list(Log.DIRECTORY);
        assertThat(names).hasSizeGreaterThan(3);
        for (String name : names.subList(0, names.size() - 1)) {
            byte[] content = Log.content(disk, "journal/" + name);
            disk.delete("journal/" + name);
            assertThatThrownBy(() -> Log.open(disk)).as(name).isInstanceOf(CorruptException.class);
            disk.open("journal/" + name, Disk.OpenMode.CREATE).close();
            Log.overwrite(disk, "journal/" + name, content);
        }
        Log.open(disk).close();
        names.forEach(name -> disk.delete("journal/" + name));
        assertThatThrownBy(() -> Log.open(disk, Log.options(), 504, replayed)).isInstanceOf(CorruptException.class);
    }

    @Test
    void anotherDatabasesJournalIsRefused() {
        Log.open(disk).close();
        assertThatThrownBy(() -> Log.open(disk, JournalOptions.of(new UUID(3, 4)), replayed))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining(Log.DATABASE.toString());
    }

    @Test
    void aNewerFormatIsRefusedPolitely() {
        Log.open(disk).close();
        String path = "journal/" + SegmentHeader.fileName(0);
        byte[] content = Log.content(disk, path);
        content[8] = 2;
        Bytes.putI32(content, 60, Crc.of(content, 0, 60));
        Log.overwrite(disk, path, content);
        assertThatThrownBy(() -> Log.open(disk)).isInstanceOf(FormatVersionException.class);
        assertThat(Log.content(disk, path)).isEqualTo(content);
    }
}
