package coppice.kernel.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.StorageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a crash may leave behind is cut; what it may not is damage.
class JournalTailTest {
    private static final String PATH = "journal/" + SegmentHeader.fileName(0);

    private final Disk disk = new MemoryDisk();
    private final List<String> acknowledged = new ArrayList<>();

    /// Three groups acknowledged one after the other, then a group of four records that was being written.
    private byte[] logWithLastGroup() {
        Journal journal = Log.open(disk);
        for (int group = 0; group < 3; group++) {
            acknowledged.add(Log.shown(journal, "first of group " + group));
            acknowledged.add(Log.shown(journal, "second of group " + group));
            journal.sync();
        }
        return Log.content(disk, PATH);
    }

    private List<String> lastGroup() {
        List<String> shown = new ArrayList<>();
        Journal journal = Log.open(disk);
        for (int index = 0; index < 4; index++) {
            shown.add(Log.shown(journal, Log.letters('t', 20 * index)));
        }
        journal.sync();
        return shown;
    }

    private List<String> replay() {
        List<String> replayed = new ArrayList<>();
        Log.open(disk, Log.options(), replayed);
        return replayed;
    }

    // The records of the last group that are whole within the first `length` bytes of the file.
    private static List<String> whole(List<String> lastGroup, int length) {
        return lastGroup.stream()
                .filter(shown -> Long.parseLong(shown.substring(shown.indexOf('@') + 1)) + 64 <= length)
                .toList();
    }

    @Test
    void aTailTornAtAnyByteOfTheLastGroupIsCut() {
        byte[] before = logWithLastGroup();
        List<String> lastGroup = lastGroup();
        byte[] after = Log.content(disk, PATH);
        int from = Arrays.mismatch(before, after) & -8;
        int to = lastByte(after) + 1;
        for (int torn = from; torn <= to; torn++) {
            byte[] content = before.clone();
            System.arraycopy(after, 0, content, 0, torn);
            Log.overwrite(disk, PATH, content);
            List<String> expected = new ArrayList<>(acknowledged);
            // A record is whole when all its bytes are there that are not zero.
            int until = torn;
            while (until < after.length && after[until] == 0) {
                until++;
            }
            expected.addAll(whole(lastGroup, until));
            assertThat(replay()).as("torn at byte %s", torn).isEqualTo(expected);
        }
    }

    @Test
    void whateverSectorsOfTheLastGroupWereLostNothingComesBackLater() {
        long seed = 5;
        Random random = new Random(seed);
        byte[] before = logWithLastGroup();
        List<String> lastGroup = lastGroup();
        byte[] after = Log.content(disk, PATH);
        int from = Arrays.mismatch(before, after) & -8;
        for (int round = 0; round < 500; round++) {
            byte[] content = before.clone();
            for (int sector = from; sector < lastByte(after) + 1; sector += 8) {
                if (random.nextBoolean()) {
                    System.arraycopy(after, sector, content, sector, 8);
                }
            }
            Log.overwrite(disk, PATH, content);
            List<String> first = replay();
            assertThat(first.subList(0, acknowledged.size())).isEqualTo(acknowledged);
            List<String> kept = first.subList(acknowledged.size(), first.size());
            assertThat(kept).as("seed %s round %s", seed, round).isEqualTo(lastGroup.subList(0, kept.size()));
            assertThat(replay()).isEqualTo(first);
            // New records must not be followed by old ones that happen to lie where they end.
            try (Journal journal = Log.open(disk)) {
                first.add(Log.shown(journal, Log.letters('n', random.nextInt(40))));
            }
            assertThat(replay()).as("seed %s round %s", seed, round).isEqualTo(first);
        }
    }

    @Test
    void theCutIsReportedWithFileAndOffset() {
        logWithLastGroup();
        lastGroup();
        byte[] content = Log.content(disk, PATH);
        int last = lastByte(content);
        content[last] ^= 1;
        Log.overwrite(disk, PATH, content);
        Journal journal = Log.open(disk);
        assertThat(journal.recovery().cut()).hasValueSatisfying(cut -> {
            assertThat(cut.file()).isEqualTo(PATH);
            assertThat(cut.offset()).isEqualTo(journal.appended() + 64);
        });
        assertThat(Log.open(disk).recovery().cut()).isEmpty();
    }

    @Test
    void everyFlippedBitOfAcknowledgedRecordsIsToldWithFileAndOffset() {
        logWithLastGroup();
        List<String> expected = new ArrayList<>(acknowledged);
        expected.addAll(lastGroup());
        byte[] sound = Log.content(disk, PATH);
        int lastKnown = (int) RecordFormat.durable(sound, startOfLast(sound)) + SegmentHeader.BYTES;
        assertThat(lastKnown).isGreaterThan(300);
        for (int bit = 0; bit < 8 * lastKnown; bit++) {
            byte[] content = sound.clone();
            content[bit / 8] ^= (byte) (1 << (bit % 8));
            Log.overwrite(disk, PATH, content);
            int at = bit / 8;
            assertThatThrownBy(this::replay).as("bit %s", bit).isInstanceOfSatisfying(CorruptException.class, e -> {
                assertThat(e.where()).isEqualTo(PATH);
                assertThat(e.offset()).isBetween(0L, (long) at);
            });
            assertThat(Log.content(disk, PATH)).isEqualTo(content);
        }
        Log.overwrite(disk, PATH, sound);
        assertThat(replay()).isEqualTo(expected);
    }

    @Test
    void everyFlippedBitOfACleanlyClosedLogIsToldOrHarmless() {
        List<String> expected = new ArrayList<>();
        long end;
        try (Journal journal = Log.open(disk)) {
            expected.add(Log.shown(journal, "one"));
            expected.add(Log.shown(journal, "and two, in the same group"));
            end = journal.appended();
        }
        byte[] sound = Log.content(disk, PATH);
        // All of them as far as something was written, and some of the empty rest.
        for (int bit = 0; bit < 8 * sound.length; bit += bit < 8 * (end + 128) ? 1 : 13) {
            byte[] content = sound.clone();
            content[bit / 8] ^= (byte) (1 << (bit % 8));
            // The closing mark says where the log ended, and the manifest may say it as well.
            for (long promised : new long[] {0, end}) {
                Log.overwrite(disk, PATH, content);
                List<String> replayed = new ArrayList<>();
                try {
                    Log.open(disk, Log.options().reaching(promised), replayed);
                    assertThat(replayed).isEqualTo(expected);
                    assertThat(bit / 8).as("a flip behind the end").isGreaterThanOrEqualTo((int) end + 64);
                } catch (CorruptException e) {
                    assertThat(e.where()).isEqualTo(PATH);
                }
            }
        }
    }

    @Test
    void aLogThatEndsWhereItsSegmentEndsNeedsNoMark() {
        List<String> expected = new ArrayList<>();
        for (int room = 0; room <= 80; room += 8) {
            Disk fresh = new MemoryDisk();
            try (Journal journal = Log.open(fresh)) {
                expected.add(Log.shown(journal, Log.letters('r', 4096 - 64 - RecordFormat.HEADER - room)));
            }
            List<String> replayed = new ArrayList<>();
            Log.open(fresh, Log.options(), replayed).close();
            Log.open(fresh, Log.options(), replayed).close();
            expected.add(expected.getFirst());
            assertThat(replayed).isEqualTo(expected);
            expected.clear();
        }
    }

    @Test
    void theMarkOfAnEarlierCloseHidesNoTornTail() {
        List<String> expected = new ArrayList<>();
        try (Journal journal = Log.open(disk)) {
            expected.add(Log.shown(journal, "before the mark"));
        }
        FailingDisk failing = new FailingDisk(disk, StorageException.Kind.IO, false);
        Journal marked = Log.open(failing);
        failing.failAfter(1);
        Log.append(marked, "never written, as only the mark was taken back");
        assertThatThrownBy(marked::sync).isInstanceOf(StorageException.class);
        byte[] before = Log.content(disk, PATH);
        Journal journal = Log.open(disk);
        int first = SegmentHeader.BYTES + (int) journal.appended();
        Log.append(journal, "first");
        Log.append(journal, "second");
        journal.sync();
        // The power went out when only the second of the two records had reached the medium.
        byte[] content = Log.content(disk, PATH);
        System.arraycopy(before, first, content, first, RecordFormat.SMALLEST);
        Log.overwrite(disk, PATH, content);
        Journal again = Log.open(disk);
        assertThat(again.recovery().cut()).isPresent();
        expected.add(Log.shown(again, "third"));
        again.sync();
        assertThat(replay()).isEqualTo(expected);
    }

    @Test
    void openingAndClosingLeavesTheMark() {
        try (Journal journal = Log.open(disk)) {
            Log.append(journal, "before the mark");
        }
        byte[] content = Log.content(disk, PATH);
        FailingDisk failing = new FailingDisk(disk, StorageException.Kind.IO, false);
        failing.failAfter(1); // the directory is synced
        Log.open(failing).close();
        assertThat(failing.failed()).isFalse();
        assertThat(Log.content(disk, PATH)).isEqualTo(content);
    }

    @Test
    void aFileOfAnotherLengthIsDamage() {
        byte[] content = logWithLastGroup();
        for (int length : new int[] {0, 1, 63, 64, 200, 4095, 4097}) {
            Log.overwrite(disk, PATH, Arrays.copyOf(content, length));
            assertThatThrownBy(this::replay).as("length %s", length).isInstanceOf(CorruptException.class);
        }
    }

    private static int startOfLast(byte[] content) {
        int at = SegmentHeader.BYTES;
        int last = at;
        while (RecordFormat.lsn(content, at) == at - SegmentHeader.BYTES && RecordFormat.type(content, at) == 7) {
            last = at;
            at += RecordFormat.size(RecordFormat.length(content, at));
        }
        return last;
    }

    private static int lastByte(byte[] content) {
        int last = content.length - 1;
        while (content[last] == 0) {
            last--;
        }
        return last;
    }
}
