package coppice.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KeyPatternTest {
    private static boolean fits(String glob, String key) {
        return KeyPattern.glob(glob).fits(key.getBytes(UTF_8));
    }

    @Test
    void starsFitRunsAndQuestionMarksCharacters() {
        assertThat(fits("*", "")).isTrue();
        assertThat(fits("a*c*", "abbcbc")).isTrue();
        assertThat(fits("a*c", "abbcb")).isFalse();
        assertThat(fits("?/?", "é/🚀")).isTrue();
        assertThat(fits("??", "é")).isFalse();
        assertThat(fits("\\*\\?\\\\", "*?\\")).isTrue();
        assertThat(fits("\\*", "a")).isFalse();
        assertThat(fits("a\\", "a\\")).isTrue();
        assertThat(KeyPattern.glob("?").fits(new byte[] {(byte) 0xff})).isTrue();
        assertThat(KeyPattern.prefix("a*").fits("a*b".getBytes(UTF_8))).isTrue();
        assertThat(KeyPattern.prefix("a*").fits("ab".getBytes(UTF_8))).isFalse();
    }

    private record Case(String glob, String key) {}

    @Test
    void aGlobFitsWhatItsRegularExpressionFits() {
        Gen<String> keys = Gen.element("a", "b", "é").list(0, 8).map(list -> String.join("", list));
        Gen<String> globs = Gen.element("a", "b", "é", "*", "?").list(0, 7).map(list -> String.join("", list));
        Property.forAll(Gen.combine(globs, keys, Case::new)).runs(2_000).check(one -> {
            String expression = one.glob().replace("*", ".*").replace('?', '.');
            assertThat(fits(one.glob(), one.key())).isEqualTo(Pattern.matches(expression, one.key()));
        });
    }

    private static boolean hasAll(String glob, String other) {
        return KeyPattern.glob(glob).hasAll(KeyPattern.glob(other));
    }

    @Test
    void aWiderGlobHasAllOfANarrowerOne() {
        assertThat(hasAll("user:*", "user:1*")).isTrue();
        assertThat(hasAll("user:*", "user:1?/*x")).isTrue();
        assertThat(hasAll("user:*", "user:7")).isTrue();
        assertThat(hasAll("*:a", "user:*:a")).isTrue();
        assertThat(hasAll("a?c*", "a?cd")).isTrue();
        assertThat(hasAll("a?c*", "abc")).isTrue();
        assertThat(hasAll("*", "")).isTrue();
        assertThat(hasAll("\\**", "\\*a")).isTrue();
        assertThat(hasAll("user:1*", "user:*")).isFalse();
        assertThat(hasAll("user:*", "team:1")).isFalse();
        assertThat(hasAll("user:*:a", "user:*")).isFalse();
        assertThat(hasAll("a?c", "a*c")).isFalse();
        assertThat(hasAll("a?c", "aéc")).isFalse();
        assertThat(hasAll("\\*", "*")).isFalse();
    }

    private record Wider(Two globs, byte[] key) {}

    private record Two(KeyPattern wide, KeyPattern narrow) {}

    @Test
    void whatHasAllOfAnotherFitsWhatThatFits() {
        Gen<KeyPattern> globs = Gen.element("a", "b", "é", "*", "?", "\\*")
                .list(0, 5)
                .map(list -> KeyPattern.glob(String.join("", list)));
        Gen<byte[]> keys = Gen.element("a", "b", "é", "*", "").list(0, 5).map(list -> {
            byte[] text = String.join("", list).getBytes(UTF_8);
            return text.length > 2 && text.length % 3 == 0 ? Arrays.copyOfRange(text, 1, text.length) : text;
        });
        Gen<Two> two = Gen.combine(globs, globs, Two::new);
        Property.forAll(Gen.combine(two, keys, Wider::new)).runs(20_000).check(one -> {
            if (one.globs().narrow().fits(one.key())
                    && one.globs().wide().hasAll(one.globs().narrow())) {
                assertThat(one.globs().wide().fits(one.key())).isTrue();
            }
        });
    }

    @Test
    void aPrefixFitsWhatBeginsWithItsBytes() {
        Property.forAll(Gen.combine(Gen.bytes(0, 5), Gen.bytes(0, 8), (a, b) -> new byte[][] {a, b}))
                .check(two -> {
                    boolean begins = two[1].length >= two[0].length
                            && Arrays.equals(two[0], Arrays.copyOf(two[1], two[0].length));
                    KeyPattern pattern = KeyPattern.prefix(two[0]);
                    assertThat(pattern.fits(two[1])).isEqualTo(begins);
                    assertThat(KeyPattern.glob(pattern.bytes()))
                            .isEqualTo(pattern)
                            .hasSameHashCodeAs(pattern);
                });
    }
}
