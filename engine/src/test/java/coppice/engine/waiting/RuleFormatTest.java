package coppice.engine.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.KeyPattern;
import coppice.api.MergePolicy;
import coppice.api.MergeRule;
import coppice.api.crdt.CrdtKind;
import coppice.kernel.bytes.CorruptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleFormatTest {
    static byte[] example(String name) throws IOException {
        StringBuilder hex = new StringBuilder();
        Files.readAllLines(Path.of("../docs/format/merge.md")).stream()
                .dropWhile(line -> !line.equals("```hex " + name))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .forEach(line -> hex.append(line.split("\\|", 2)[0].replace(" ", "")));
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void rulesAreWrittenAsThePageSays() throws IOException {
        List<MergeRule> rules = List.of(MergeRule.of("*", "count*", MergePolicy.crdt(CrdtKind.COUNTER)));
        assertThat(RuleFormat.encode(rules)).isEqualTo(example("rules"));
        assertThat(RuleFormat.decode(example("rules"))).isEqualTo(rules);
    }

    @Test
    void rulesComeBackAndOtherBytesAreRefused() {
        List<MergeRule> rules = List.of(
                MergeRule.of("a", MergePolicy.fields().otherwise(MergePolicy.custom("f"))),
                new MergeRule(KeyPattern.glob("b"), KeyPattern.prefix(new byte[] {-1, '*'}), MergePolicy.ours()));
        byte[] bytes = RuleFormat.encode(rules);
        assertThat(RuleFormat.decode(bytes)).isEqualTo(rules);
        assertThat(RuleFormat.decode(RuleFormat.encode(List.of()))).isEmpty();
        bytes[0] = 2;
        assertThatThrownBy(() -> RuleFormat.decode(bytes))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("version 2");
        assertThatThrownBy(() -> RuleFormat.decode(new byte[] {1, 0, 0})).isInstanceOf(CorruptException.class);
    }
}
