package coppice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTemplateTest {
    private static byte[] utf(String text) {
        return text.getBytes(UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "user:{id}, user:7, '{id=7}'",
        "user:{id}, user:a:b, '{id=a:b}'",
        "user:{id}, user:, ",
        "user:{id}, userx, ",
        "{id}, anything at all, '{id=anything at all}'",
        "order:{user}:{id}, order:ann:7, '{user=ann, id=7}'",
        "order:{user}:{id}, order:ann:7:8, '{user=ann, id=7:8}'",
        "order:{user}:{id}, order::7, ",
        "order:{user}:{id}, order:ann, ",
        "{day}/log, 2026-11-20/log, '{day=2026-11-20}'",
        "{day}/log, 2026-11-20/logs, ",
        "grün:{id}, grün:ß, '{id=ß}'"
    })
    void partsOfAKeyGoAsFarAsWhatFollows(String pattern, String key, String parts) {
        Map<String, String> found = KeyTemplate.parse(pattern).parts(utf(key)).orElse(null);
        assertThat(found == null ? null : found.toString()).isEqualTo(parts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", "{a}{b}", "{}", "{a", "{a b}", "{a}:{a}", "x{1}"})
    void whatIsNoPatternIsRefused(String pattern) {
        assertThatThrownBy(() -> KeyTemplate.parse(pattern))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContaining("write for example user:{id}");
    }

    @Test
    void allThatFitIsInItsRange() {
        assertThat(KeyTemplate.parse("user:{id}").range().contains(utf("user:7")))
                .isTrue();
        assertThat(KeyTemplate.parse("user:{id}").range().contains(utf("user;")))
                .isFalse();
        assertThat(KeyTemplate.parse("{id}").range().contains(utf("a"))).isTrue();
    }
}
