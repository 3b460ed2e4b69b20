package coppice.engine.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.engine.delta.Delta;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
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
    private static final List<LogRecord> EXAMPLES = List.of(
            transaction(),
            new LogRecord.Mark("main"),
            new LogRecord.Committed("main", new byte[] {1, 2, 3}),
            new LogRecord.Moved("feature/x", HASH, true),
            new LogRecord.Moved("feature/x", HASH, false),
            new LogRecord.Dropped("ü"),
            new LogRecord.Loaded("main", "s", HASH));

    private static LogRecord transaction() {
        byte[][] keys = {{'a'}, {'b'}};
        byte[][] values = {{'1'}, Delta.REMOVED};
        return new LogRecord.Writes("main", List.of(new SpaceWrites("s", keys, values)));
    }

    private static byte[] encoded(LogRecord entry) {
        return LogRecord.encode(entry).toBytes();
    }

    private static LogRecord decoded(byte type, byte[] bytes) {
        return LogRecord.decode("test", type, bytes, 0, bytes.length);
    }

    @Test
    void isWrittenAsThePageSays() throws IOException {
        Matcher example = Pattern.compile("```hex writes\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/format/log.md")));
        assertThat(example.find()).isTrue();
        String hex = example.group(1).replaceAll("\\|.*", "").replaceAll("\\s", "");
        assertThat(encoded(transaction())).isEqualTo(HexFormat.of().parseHex(hex));
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
            for (byte type = 0; type < 8; type++) {
                try {
                    byte[] again = encoded(decoded(type, bytes));
                    assertThat(again).hasSizeLessThanOrEqualTo(bytes.length);
                } catch (CorruptException expected) {
                    assertThat(expected.getMessage()).contains("test");
                }
            }
        });
    }
}
