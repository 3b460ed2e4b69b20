package coppice.kernel.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.history.RefName.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "feature/x",
                "a",
                "v1.0",
                "ünïcödé",
                "日本",
                "a-b_c",
                "a@b",
                "user@",
                "lock",
                "a.locked",
                "{}",
                "0123456789abcdef",
                "a/-b",
                "ab.lock2/c"
            })
    void accepts(String name) {
        assertThat(RefName.problem(name)).isEmpty();
        assertThat(RefName.require(name)).isEqualTo(name);
    }

    private static void refused(Problem problem, String... names) {
        for (String name : names) {
            assertThat(RefName.problem(name)).as(name).contains(problem);
            assertThatThrownBy(() -> RefName.require(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(problem.reason());
        }
    }

    @Test
    void refusesWithTheReason() {
        refused(Problem.EMPTY, "");
        refused(Problem.NOT_TEXT, "a\ud800");
        refused(Problem.CONTROL, "a\tb", "\u0000", "a\u007f", "a\u0085");
        refused(Problem.FORBIDDEN_CHARACTER, "a b", "a~1", "a^", "a:b", "a?", "*", "a[1]", "a\\b");
        refused(Problem.TWO_DOTS, "a..b", "..");
        refused(Problem.AT_BRACE, "a@{1}", "@{");
        refused(Problem.LONE_AT, "@");
        refused(Problem.LEADING_DASH, "-a", "-");
        refused(Problem.EMPTY_PART, "/", "/a", "a/", "a//b");
        refused(Problem.LEADING_DOT, ".a", "a/.b");
        refused(Problem.TRAILING_DOT, "a.", ".");
        refused(Problem.LOCK_SUFFIX, "a.lock", "a.lock/b", "a/b.lock");
        refused(Problem.LOOKS_LIKE_HASH, "0123456789abcdefABCDEF0123456789abcdef0123456789abcdef0123456789");
    }

    @Test
    void theLengthCountsInBytes() {
        assertThat(RefName.problem("a".repeat(RefName.BYTES_MAX))).isEmpty();
        refused(Problem.TOO_LONG, "a".repeat(RefName.BYTES_MAX + 1), "ü".repeat(RefName.BYTES_MAX / 2 + 1));
        assertThat(RefName.problem("ü".repeat(RefName.BYTES_MAX / 2))).isEmpty();
    }
}
