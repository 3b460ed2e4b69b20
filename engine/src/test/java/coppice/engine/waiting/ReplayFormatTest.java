package coppice.engine.waiting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.MergePolicy;
import coppice.api.MergeRule;
import coppice.engine.waiting.Replay.Action;
import coppice.engine.waiting.Replay.Kind;
import coppice.engine.waiting.Replay.Step;
import coppice.engine.waiting.Replay.Stop;
import coppice.engine.waiting.Replay.Terms;
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

class ReplayFormatTest {
    private static final Hash HASH = Hash.of("x".getBytes(UTF_8));
    private static final List<Step> STEPS = List.of(
            new Step(Action.REWORD, HASH, 1, Optional.empty()), new Step(Action.SQUASH, HASH, 1, Optional.of("both")));
    private static final Terms REBASE = new Terms(
            Kind.REBASE, "onto main", 1_600_000_000_000L, false, List.of(MergeRule.of("s", MergePolicy.ours())));
    private static final Replay STOPPED =
            new Replay(REBASE, HASH, HASH, HASH, HASH, Stop.REWORD, true, true, STEPS, List.of(HASH));

    private static Replay decoded(byte[] bytes) {
        return ReplayFormat.decode("topic", bytes);
    }

    private static byte[] example(String name) throws IOException {
        Matcher example = Pattern.compile("```hex " + name + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/format/rebase.md")));
        assertThat(example.find()).isTrue();
        return HexFormat.of().parseHex(example.group(1).replaceAll("\\|.*", "").replaceAll("\\s", ""));
    }

    @Test
    void isWrittenAsThePageSays() throws IOException {
        assertThat(ReplayFormat.encode(STOPPED)).isEqualTo(example("replay"));
    }

    @Test
    void readsBackWhatItWrites() {
        Replay begun = Replay.begin(REBASE, HASH, HASH, STEPS);
        Step back = new Step(Action.REVERT, HASH, 2, Optional.of("undo"));
        Replay revert = Replay.begin(
                new Terms(Kind.REVERT, "main~1", 7, true, List.of()), HASH, HASH, List.of(back, Step.pick(HASH)));
        List<Replay> states = List.of(
                STOPPED,
                revert,
                revert.stopped(Stop.CONFLICT, null),
                begun,
                begun.stopped(Stop.CONFLICT, null),
                begun.stopped(Stop.EDIT, HASH),
                begun.passed());
        for (Replay state : states) {
            assertThat(decoded(ReplayFormat.encode(state))).isEqualTo(state);
        }
    }

    @Test
    void aStashThatWaitsIsWrittenAsThePageSays() throws IOException {
        List<MergeRule> rules = List.of(MergeRule.of("s", MergePolicy.ours()));
        Unstash waits = new Unstash("stash/000000000007", HASH, true, 1_700_000_000_000L, 1_600_000_000_000L, rules);
        byte[] bytes = waits.encode();
        assertThat(bytes).isEqualTo(example("stash"));
        assertThat(Unstash.decode("topic", bytes)).isEqualTo(waits);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Unstash.decode("topic", cut)).isInstanceOf(CorruptException.class);
        }
    }

    @Test
    void refusesEveryTruncationAndWhatFollowsTheEnd() {
        byte[] bytes = ReplayFormat.encode(STOPPED);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decoded(cut)).isInstanceOf(CorruptException.class);
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> decoded(longer)).isInstanceOf(CorruptException.class);
    }

    @Test
    void meetsAnyBytesWithAStateThatIsWrittenTheSameOrACorruption() {
        byte[] good = ReplayFormat.encode(STOPPED);
        Property.forAll(Gen.combine(Gen.ints(0, good.length - 1), Gen.ints(0, 255), (at, value) -> {
                    byte[] changed = good.clone();
                    changed[at] = value.byteValue();
                    return changed;
                }))
                .runs(2000)
                .check(bytes -> {
                    try {
                        assertThat(ReplayFormat.encode(decoded(bytes))).isEqualTo(bytes);
                    } catch (CorruptException expected) {
                        assertThat(expected.getMessage()).contains("topic");
                    }
                });
    }
}
