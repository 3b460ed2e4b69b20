package coppice.engine.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.engine.delta.Delta;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Signature;
import coppice.kernel.history.TagNote;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LogRecordTest {
    private static final Hash HASH = Hash.of("x".getBytes(UTF_8));
    private static final Note NOTE = new Note("Ada", 1_700_000_000_000L, "reset", "to v1");
    private static final TagNote TAG = new TagNote("Ada", 1, "first", Signature.NONE);
    private static final List<LogRecord> EXAMPLES = List.of(
            transaction(),
            new LogRecord.Mark("main"),
            new LogRecord.Committed("main", new byte[] {1, 2, 3}, NOTE),
            new LogRecord.Moved("feature/x", HASH, new LogRecord.Working.Committed(), NOTE),
            new LogRecord.Moved("feature/x", HASH, new LogRecord.Working.Kept(), NOTE),
            new LogRecord.Moved("feature/x", HASH, new LogRecord.Working.Replaced(HASH), NOTE),
            new LogRecord.Dropped("heads/ü", NOTE),
            new LogRecord.Loaded("main", "s", HASH),
            new LogRecord.Placed("heads/a", RefValue.branch(HASH, 0, 7), NOTE),
            new LogRecord.Placed("tags/a", RefValue.tag(HASH, TAG, 0, 7), NOTE),
            new LogRecord.Renamed("a", "b", NOTE),
            new LogRecord.Stashed("main", "stash/1", new byte[] {1, 2, 3}, NOTE),
            version(false),
            version(true),
            new LogRecord.Transacted("main", List.of(), new byte[] {1, 2, 3}, true, NOTE));

    private static LogRecord.Writes transaction() {
        byte[][] keys = {{'a'}, {'b'}};
        byte[][] values = {{'1'}, Delta.REMOVED};
        return new LogRecord.Writes("main", List.of(new SpaceWrites("s", keys, values)));
    }

    private static LogRecord version(boolean isKept) {
        return new LogRecord.Transacted("main", transaction().spaces(), new byte[] {1, 2, 3}, isKept, NOTE);
    }

    private static byte[] encoded(LogRecord entry) {
        return LogRecord.encode(entry).toBytes();
    }

    private static LogRecord decoded(byte type, byte[] bytes) {
        return LogRecord.decode("test", type, bytes, 0, bytes.length);
    }

    @Test
    void isWrittenAsThePageSays() throws IOException {
        assertThat(encoded(transaction())).isEqualTo(pageExample("writes"));
        LogRecord moved = new LogRecord.Moved("main", HASH, new LogRecord.Working.Committed(), NOTE);
        assertThat(encoded(moved)).isEqualTo(pageExample("moved"));
        byte[] move = RefMove.of(NOTE, HASH, HASH).encode();
        assertThat(move).isEqualTo(pageExample("reflog"));
        byte[] brought = new RefMove(NOTE, HASH, HASH, HASH, HASH, false, null).encode();
        assertThat(brought).isEqualTo(pageExample("brought"));
    }

    private static byte[] pageExample(String name) throws IOException {
        Matcher example = Pattern.compile("```hex " + name + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/format/log.md")));
        assertThat(example.find()).isTrue();
        return HexFormat.of().parseHex(example.group(1).replaceAll("\\|.*", "").replaceAll("\\s", ""));
    }

    @Test
    void aReflogEntryIsReadBackAndRefusesEveryCut() {
        RefMove move = new RefMove(NOTE, HASH, HASH, null, HASH, true, TAG);
        byte[] bytes = move.encode();
        assertThat(RefMove.decode("heads/main", bytes)).isEqualTo(move);
        byte[] key = RefMove.key("heads/main", 77);
        assertThat(RefMove.ref(key)).isEqualTo("heads/main");
        assertThat(RefMove.lsn(key)).isEqualTo(77);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> RefMove.decode("heads/main", cut)).isInstanceOf(CorruptException.class);
        }
    }

    @Test
    void aNoteIsOneLineOfBoundedLength() {
        assertThat(new Note("Ada", 0, "commit", "first\nsecond").text()).isEqualTo("first");
        String emoji = "\uD83C\uDF33".repeat(150);
        Note longest = new Note("Ada", 0, "commit", emoji);
        assertThat(longest.text()).hasSizeLessThanOrEqualTo(200).endsWith("\uD83C\uDF33…");
        assertThat(new Note("Ada", 0, "commit", longest.text())).isEqualTo(longest);
    }

    @Test
    void readsBackWhatItWrites() {
        for (LogRecord entry : EXAMPLES) {
            assertThat(encoded(decoded(LogRecord.type(entry), encoded(entry)))).isEqualTo(encoded(entry));
        }
    }

    @Test
    void keepsARemovalApartFromAnEmptyValue() {
        byte[][] keys = {{'a'}, {'b'}};
        byte[][] values = {Delta.REMOVED, {}};
        LogRecord entry = new LogRecord.Writes("main", List.of(new SpaceWrites("s", keys, values)));
        LogRecord.Writes back = (LogRecord.Writes) decoded(LogRecord.WRITES, encoded(entry));
        assertThat(back.spaces().getFirst().values()[0]).isSameAs(Delta.REMOVED);
        assertThat(back.spaces().getFirst().values()[1])
                .isNotSameAs(Delta.REMOVED)
                .isEmpty();
    }

    @Test
    void refusesEveryTruncationAndWhatFollowsTheEnd() {
        for (LogRecord entry : EXAMPLES) {
            byte[] bytes = encoded(entry);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> decoded(LogRecord.type(entry), cut)).isInstanceOf(CorruptException.class);
            }
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
            assertThatThrownBy(() -> decoded(LogRecord.type(entry), longer)).isInstanceOf(CorruptException.class);
        }
    }

    @Test
    void meetsAnyBytesWithARecordOrACorruption() {
        Property.forAll(Gen.bytes(0, 60)).runs(3000).check(bytes -> {
            for (byte type = 0; type < 12; type++) {
                try {
                    byte[] again = encoded(decoded(type, bytes));
                    assertThat(again).hasSizeLessThanOrEqualTo(bytes.length);
                } catch (CorruptException expected) {
                    assertThat(expected.getMessage()).isNotBlank();
                }
            }
        });
    }
}
