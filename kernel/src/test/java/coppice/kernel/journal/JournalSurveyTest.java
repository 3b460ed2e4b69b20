package coppice.kernel.journal;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.platform.MemoryDisk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A journal of forty records in several segments, damaged in each way that there is.
class JournalSurveyTest {
    private final MemoryDisk disk = new MemoryDisk();
    private final List<String> written = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private final List<String> read = new ArrayList<>();

    @BeforeEach
    void write() {
        try (Journal journal = Log.open(disk)) {
            for (int i = 0; i < 40; i++) {
                String text = "record " + i + Log.letters('x', 300);
                written.add(text);
                ends.add(Log.append(journal, text));
                journal.sync();
            }
        }
        assertThat(disk.list(Log.DIRECTORY)).hasSizeGreaterThan(2);
    }

    private JournalSurvey.Result survey(long start) {
        read.clear();
        JournalOptions options = Log.options().reaching(ends.getLast());
        return JournalSurvey.read(
                disk,
                Log.DIRECTORY,
                options,
                start,
                (_, bytes, offset, length, _) ->
                        read.add(new String(bytes, offset, length, StandardCharsets.ISO_8859_1)));
    }

    private String segment(int number) {
        return Log.DIRECTORY + "/" + disk.list(Log.DIRECTORY).get(number);
    }

    /// Turns a bit of a record, whichever segment it is in.
    private void damage(int record) {
        for (String name : disk.list(Log.DIRECTORY)) {
            String path = Log.DIRECTORY + "/" + name;
            byte[] bytes = Log.content(disk, path);
            int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("record " + record + "x");
            if (at >= 0) {
                bytes[at] ^= 1;
                Log.overwrite(disk, path, bytes);
            }
        }
    }

    @Test
    void aSoundJournalIsReadToItsEnd() {
        JournalSurvey.Result result = survey(0);
        assertThat(result.isSound()).isTrue();
        assertThat(read).isEqualTo(written);
        assertThat(result.end()).isEqualTo(ends.getLast());
        assertThat(result.recordsBehind()).isZero();
        assertThat(result.free()).isGreaterThanOrEqualTo(result.end());
        survey(ends.get(9));
        assertThat(read).isEqualTo(written.subList(10, 40));
    }

    @Test
    void behindADamagedRecordIsCountedAndNotRead() {
        damage(13);
        JournalSurvey.Result result = survey(0);
        assertThat(result.damage()).isPresent();
        assertThat(result.end()).isEqualTo(ends.get(12));
        assertThat(read).isEqualTo(written.subList(0, 13));
        assertThat(result.recordsBehind()).isEqualTo(26);
        assertThat(result.bytesBehind())
                .isBetween(ends.getLast() - ends.get(13) - 8_000, ends.getLast() - ends.get(13));
    }

    @Test
    void aSegmentThatIsGoneEndsIt() {
        disk.delete(segment(1));
        JournalSurvey.Result result = survey(0);
        assertThat(result.damage()).isPresent();
        assertThat(read).isNotEmpty().isEqualTo(written.subList(0, read.size()));
        assertThat(result.recordsBehind()).isPositive().isLessThan(40 - read.size());
    }

    @Test
    void aDamagedHeaderIsToldAndItsRecordsAreReadAllTheSame() {
        byte[] bytes = Log.content(disk, segment(1));
        bytes[20] ^= 1;
        Log.overwrite(disk, segment(1), bytes);
        JournalSurvey.Result result = survey(0);
        assertThat(result.header()).isPresent();
        assertThat(result.damage()).isEmpty();
        assertThat(result.isSound()).isFalse();
        assertThat(read).isEqualTo(written);
    }

    @Test
    void aJournalThatEndsTooEarlyIsDamaged() {
        disk.list(Log.DIRECTORY).stream().skip(1).forEach(name -> disk.delete(Log.DIRECTORY + "/" + name));
        assertThat(survey(0).damage()).isPresent();
        disk.delete(segment(0));
        assertThat(survey(0).damage()).isPresent();
        assertThat(JournalSurvey.read(disk, Log.DIRECTORY, Log.options(), 0, (_, _, _, _, _) -> {})
                        .isSound())
                .as("a new one has nothing")
                .isTrue();
    }

    @Test
    void aCheckLooksBetweenTwoPositionsOnly() {
        damage(30);
        JournalOptions options = Log.options();
        assertThat(JournalSurvey.check(disk, Log.DIRECTORY, options, 0, ends.get(29)))
                .isEmpty();
        assertThat(JournalSurvey.check(disk, Log.DIRECTORY, options, 0, ends.get(30)))
                .isPresent();
    }

    @Test
    void whoseJournalItIsCanBeToldFromAnySegment() {
        byte[] bytes = Log.content(disk, segment(0));
        bytes[20] ^= 1;
        Log.overwrite(disk, segment(0), bytes);
        assertThat(JournalSurvey.remains(disk, Log.DIRECTORY)).hasValue(new JournalSurvey.Remains(Log.DATABASE, 0));
        assertThat(JournalSurvey.remains(disk, "elsewhere")).isEmpty();
    }
}
