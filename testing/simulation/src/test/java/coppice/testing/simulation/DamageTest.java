package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A stored database is damaged: single bits, zeroed areas, shortened, missing and exchanged files. Opening it,
/// reading all of it with its history, and checking it give the right answer or say that it is damaged. Never a
/// wrong answer in silence, never another kind of exception, never a hang.
///
/// `-Dcoppice.flips=1` flips every bit there is; by default every 5th.
@Timeout(value = 3, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DamageTest {
    private static final int STRIDE = Integer.getInteger("coppice.flips", 5);
    private static final Set<ErrorCode> HONEST =
            Set.of(ErrorCode.CORRUPT, ErrorCode.NEWER_VERSION, ErrorCode.NOT_A_DATABASE, ErrorCode.IO_FAILED);

    private final SimulatedDisk closed = new SimulatedDisk();
    private final SimulatedDisk killed;
    private final Map<String, String> before;
    private final Map<String, String> right;

    /// Makes the database; the last write stands alone in the journal when it is killed.
    DamageTest() {
        try (Database db = Damaged.open(closed)) {
            for (int i = 0; i < 40; i++) {
                db.space("s").put("k" + i, "value " + i);
            }
            db.space("s").put("long", "x".repeat(1_500));
            db.commit("one");
            db.branch("side", "main").space("t").put("a", "1");
            db.branch("side").commit("two");
            db.checkpoint();
            db.space("s").delete("k7");
            before = Damaged.whole(db);
            db.space("s").put("k8", "last");
            right = Damaged.whole(db);
            killed = closed.afterKill();
        }
    }

    private static Map<String, byte[]> contents(SimulatedDisk disk) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String directory : List.of("", "packs/", "journal/")) {
            for (String name : disk.list(directory.isEmpty() ? "" : directory.substring(0, directory.length() - 1))) {
                if (!name.endsWith("/")) {
                    contents.put(directory + name, Damaged.content(disk, directory + name));
                }
            }
        }
        return contents;
    }

    /// How a damaged database answered.
    private enum Answer {
        RIGHT,
        EARLIER,
        FOUND_BY_CHECK,
        REFUSED
    }

    private Answer answer(SimulatedDisk disk, String damage) {
        try (Database db = Damaged.open(disk)) {
            Map<String, String> found = Damaged.whole(db);
            boolean sound = db.check().isSound();
            if (found.equals(before)) {
                return Answer.EARLIER;
            }
            assertThat(found).as(damage).isEqualTo(right);
            return sound ? Answer.RIGHT : Answer.FOUND_BY_CHECK;
        } catch (DatabaseException honest) {
            assertThat(honest.code()).as("%s: %s", damage, honest).isIn(HONEST);
            return Answer.REFUSED;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError other) {
            throw new AssertionError(damage, other);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFlippedBitIsHarmlessOrReported(boolean clean) {
        SimulatedDisk whole = clean ? closed : killed;
        Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
        List<String> earlier = new ArrayList<>();
        int step = 0;
        for (Map.Entry<String, byte[]> file : contents(whole).entrySet()) {
            byte[] bytes = file.getValue();
            for (long bit = 0; bit < 8L * bytes.length; bit++) {
                if (step++ % STRIDE == 0) {
                    byte[] flipped = bytes.clone();
                    flipped[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
                    String damage = "bit " + bit % 8 + " of byte " + bit / 8 + " of " + file.getKey();
                    Answer answer = answer(Damaged.with(whole, file.getKey(), flipped), damage);
                    answers.merge(answer, 1, Integer::sum);
                    if (answer == Answer.EARLIER) {
                        earlier.add(damage);
                    }
                }
            }
        }
        // Only of the very last record of a journal can nobody know that it was acknowledged before the kill.
        assertThat(earlier).as("lost in silence").allMatch(damage -> !clean && damage.contains("journal/"));
        assertThat(answers).containsKeys(Answer.RIGHT, Answer.REFUSED);
    }

    @Test
    void aShortenedFileIsHarmlessOrReported() {
        contents(closed).forEach((path, bytes) -> {
            for (int length = 0; length < bytes.length; length += length < 100 ? 1 : 97) {
                String damage = path + " cut to " + length + " bytes";
                assertThat(answer(Damaged.with(closed, path, Arrays.copyOf(bytes, length)), damage))
                        .as(damage)
                        .isNotEqualTo(Answer.EARLIER);
            }
        });
    }

    @Test
    void aZeroedAreaIsHarmlessOrReported() {
        contents(closed).forEach((path, bytes) -> {
            for (int area : new int[] {64, 512, 4096}) {
                for (int from = 0; from < bytes.length; from += area) {
                    byte[] zeroed = bytes.clone();
                    Arrays.fill(zeroed, from, Math.min(bytes.length, from + area), (byte) 0);
                    String damage = area + " bytes of zeros at " + from + " of " + path;
                    assertThat(answer(Damaged.with(closed, path, zeroed), damage))
                            .as(damage)
                            .isNotEqualTo(Answer.EARLIER);
                }
            }
        });
    }

    @Test
    void aMissingFileIsHarmlessOrReported() {
        Map<String, Answer> answers = new TreeMap<>();
        for (String path : contents(closed).keySet()) {
            SimulatedDisk disk = closed.afterKill();
            disk.delete(path);
            answers.put(path, answer(disk, path + " deleted"));
        }
        assertThat(answers).containsEntry("MANIFEST", Answer.REFUSED).doesNotContainValue(Answer.EARLIER);
    }

    @Test
    void aFileInThePlaceOfAnotherIsHarmlessOrReported() {
        Map<String, byte[]> contents = contents(closed);
        contents.forEach((path, bytes) -> contents.forEach((other, foreign) -> {
            String damage = other + " in the place of " + path;
            assertThat(answer(Damaged.with(closed, path, foreign), damage))
                    .as(damage)
                    .isNotEqualTo(Answer.EARLIER);
        }));
    }
}
