package coppice.engine.waiting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.CommitMessage;
import coppice.api.Conflict;
import coppice.api.Merge;
import coppice.api.MergePolicy;
import coppice.api.MergeRule;
import coppice.api.Resolver;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MergeFormatTest {
    private static final Hash OURS = Hash.of("ours".getBytes(UTF_8));
    private static final Hash THEIRS = Hash.of("theirs".getBytes(UTF_8));
    private static final Conflict CONFLICT = conflict("1", "2");

    private static Conflict conflict(String ours, String theirs) {
        return new Conflict(
                "s",
                "k".getBytes(UTF_8),
                Optional.empty(),
                Optional.of(ours.getBytes(UTF_8)),
                Optional.of(theirs.getBytes(UTF_8)));
    }

    private static Unfinished unfinished() {
        CommitMessage message = CommitMessage.of("kept").by("Ada").with("k", "v");
        Merge merge =
                Merge.into("main").message(message).keepingConflicts().rule(MergeRule.of("s", MergePolicy.ours()));
        return new Unfinished("draft", OURS, THEIRS, 1_700_000_000_000L, 1_600_000_000_000L, null, merge);
    }

    @Test
    void isWrittenAsThePageSays() throws IOException {
        assertThat(unfinished().encode()).isEqualTo(RuleFormatTest.example("unfinished"));
        Decision decision = Decision.of(CONFLICT, Optional.of("3".getBytes(UTF_8)));
        assertThat(decision.encode()).isEqualTo(RuleFormatTest.example("decision"));
    }

    @Test
    void mergesComeBackAndEveryCutIsRefused() {
        Merge merge = new Merge(
                "main",
                Optional.empty(),
                Resolver.NONE,
                Merge.FastForward.NEVER,
                List.of(),
                Set.of(Merge.Option.values()));
        for (Unfinished one : List.of(
                unfinished(), new Unfinished("x", OURS, THEIRS, 1, 2, null, merge).staging(Hash.of(new byte[1])))) {
            byte[] bytes = one.encode();
            assertThat(Unfinished.decode("main", bytes)).isEqualTo(one);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> Unfinished.decode("main", cut)).isInstanceOf(CorruptException.class);
            }
        }
    }

    @Test
    void decisionsComeBackAndHoldForTheirValuesOnly() {
        for (Optional<byte[]> taken : List.of(
                CONFLICT.ours(), CONFLICT.theirs(), Optional.<byte[]>empty(), Optional.of("3".getBytes(UTF_8)))) {
            Decision decision = Decision.decode(Decision.of(CONFLICT, taken).encode());
            assertThat(decision.isAbout(CONFLICT)).isTrue();
            assertThat(decision.isAbout(conflict("1", "1"))).isFalse();
            assertThat(decision.isAbout(conflict("12", ""))).isFalse();
            Resolver.Take take = (Resolver.Take) decision.resolution(CONFLICT);
            assertThat(take.value().map(value -> new String(value, UTF_8)))
                    .isEqualTo(taken.map(value -> new String(value, UTF_8)));
            byte[] bytes = decision.encode();
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> Decision.decode(cut)).isInstanceOf(CorruptException.class);
            }
        }
    }
}
