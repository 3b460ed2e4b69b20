package coppice.engine.edit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.RebaseStep.Action;
import coppice.engine.edit.RebaseState.Step;
import coppice.engine.edit.RebaseState.Stop;
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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RebaseFormatTest {
    private static final Hash HASH = Hash.of("x".getBytes(UTF_8));
    private static final List<Step> STEPS = List.of(
            new Step(Action.REWORD, HASH, Optional.empty()), new Step(Action.SQUASH, HASH, Optional.of("both")));
    private static final RebaseState STOPPED =
            new RebaseState(HASH, HASH, HASH, HASH, Stop.REWORD, false, true, true, STEPS, List.of(HASH));

    private static RebaseState decoded(byte[] bytes) {
        return RebaseFormat.decode("topic", bytes);
    }

    @Test
    void isWrittenAsThePageSays() throws IOException {
        Matcher example = Pattern.compile("```hex rebase\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/format/rebase.md")));
        assertThat(example.find()).isTrue();
        String hex = example.group(1).replaceAll("\\|.*", "").replaceAll("\\s", "");
        assertThat(RebaseFormat.encode(STOPPED)).isEqualTo(HexFormat.of().parseHex(hex));
    }

    @Test
    void readsBackWhatItWrites() {
        RebaseState begun = RebaseState.begin(HASH, HASH, true, STEPS);
        List<RebaseState> states = List.of(
                STOPPED, begun, begun.stopped(Stop.CONFLICT, null), begun.stopped(Stop.EDIT, HASH), begun.passed());
        for (RebaseState state : states) {
            assertThat(decoded(RebaseFormat.encode(state))).isEqualTo(state);
        }
    }

    @Test
    void refusesEveryTruncationAndWhatFollowsTheEnd() {
        byte[] bytes = RebaseFormat.encode(STOPPED);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decoded(cut)).isInstanceOf(CorruptException.class);
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> decoded(longer)).isInstanceOf(CorruptException.class);
    }

    @Test
    void meetsAnyBytesWithAStateThatIsWrittenTheSameOrACorruption() {
        byte[] good = RebaseFormat.encode(STOPPED);
        Property.forAll(Gen.combine(Gen.ints(0, good.length - 1), Gen.ints(0, 255), (at, value) -> {
                    byte[] changed = good.clone();
                    changed[at] = value.byteValue();
                    return changed;
                }))
                .runs(2000)
                .check(bytes -> {
                    try {
                        assertThat(RebaseFormat.encode(decoded(bytes))).isEqualTo(bytes);
                    } catch (CorruptException expected) {
                        assertThat(expected.getMessage()).contains("topic");
                    }
                });
    }
}
