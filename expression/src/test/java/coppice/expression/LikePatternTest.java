package coppice.expression;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class LikePatternTest {
    @ParameterizedTest
    @CsvFileSource(resources = "like.txt", delimiter = '→', quoteCharacter = '~')
    void values(String expression, String expected) {
        assertThat(EvaluatorTest.value(expression)).as(expression).isEqualTo(EvaluatorTest.value(expected));
    }

    @Test
    void matchesAsTheRegularExpressionDoes() {
        Gen<String> texts =
                Gen.element("a", "b", "é", "🚀", "%", "_").list(0, 9).map(parts -> String.join("", parts));
        Gen<List<String>> patterns = Gen.element("%", "_", "a", "b", "é", "🚀").list(0, 7);
        Property.forAll(Gen.combine(texts, patterns, Example::new)).runs(3_000).check(example -> {
            String regex = String.join(
                    "",
                    example.pattern().stream()
                            .map(part -> part.equals("%") ? ".*" : part.equals("_") ? "." : Pattern.quote(part))
                            .toList());
            LikePattern like = LikePattern.of(Text.of(String.join("", example.pattern())), "")
                    .orElseThrow();
            Text text = Text.of(example.text());
            boolean matches = example.text().matches(regex);
            assertThat(like.matches(text)).isEqualTo(matches);
            boolean begins = example.text().startsWith(like.prefix().toString());
            assertThat(begins || !matches).isTrue();
            if (like.isPrefix()) {
                assertThat(matches).isEqualTo(begins);
            }
            if (like.isPlain()) {
                assertThat(matches).isEqualTo(text.equals(like.prefix()));
            }
        });
    }

    private record Example(String text, List<String> pattern) {}

    @Test
    void patternsThatMakeOthersExponentialAreQuick() {
        Text text = Text.of("a".repeat(100_000));
        assertThat(LikePattern.of(Text.of("%a".repeat(499) + "b"), "")
                        .orElseThrow()
                        .matches(text))
                .isFalse();
        assertThat(LikePattern.of(Text.of("%".repeat(1_001)), "")).isEmpty();
    }
}
