package coppice.engine.refs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.RefTime;
import coppice.engine.refs.RefExpression.Back;
import coppice.engine.refs.RefExpression.Parent;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefExpressionTest {
    @Test
    void takesStepsApart() {
        RefExpression ref = RefExpression.parse("feature/x~2^^0~");
        assertThat(ref.name()).isEqualTo("feature/x");
        assertThat(ref.steps()).containsExactly(new Back(2), new Parent(1), new Parent(0), new Back(1));
        assertThat(RefExpression.parse("main").steps()).isEmpty();
    }

    @Test
    void takesTimesApart() {
        assertThat(RefExpression.parse("main@{2}~1").movesAgo()).hasValue(2);
        assertThat(RefExpression.parse("main@{2}~1").steps()).containsExactly(new Back(1));
        assertThat(RefExpression.parse("@{yesterday}").name()).isEmpty();
        assertThat(RefExpression.parse("main@{yesterday}").when()).contains("yesterday");
        assertThat(RefExpression.parse("main@{yesterday}").movesAgo()).isEmpty();
        assertThat(RefExpression.parse("main").when()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "now, 2026-03-10T12:00:00Z",
        "yesterday, 2026-03-09T12:00:00Z",
        "3 hours ago, 2026-03-10T09:00:00Z",
        "1 day ago, 2026-03-09T12:00:00Z",
        "2.weeks.ago, 2026-02-24T12:00:00Z",
        "2026-03-01T18:30, 2026-03-01T18:30:00Z",
        "2026-03-01 18:30:05, 2026-03-01T18:30:05Z",
        "2026-03-01T18:30:00+02:00, 2026-03-01T16:30:00Z",
        "2026-03-01, 2026-03-01T23:59:59.999999999Z"
    })
    void readsTimes(String text, Instant expected) {
        Instant now = Instant.parse("2026-03-10T12:00:00Z");
        assertThat(RefTime.parse(text, now, ZoneOffset.UTC)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "3 hours", "2026-13-01", "ago", "3 fortnights ago", "999999 years ago x"})
    void knowsWhatIsNoTime(String text) {
        assertThat(RefTime.parse(text, Instant.EPOCH, ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void knowsWhatMayBeAHash() {
        assertThat(RefExpression.parse("abcd~1").mayBeHash()).isTrue();
        assertThat(RefExpression.parse("abc").mayBeHash()).isFalse();
        assertThat(RefExpression.parse("abcg").mayBeHash()).isFalse();
        assertThat(RefExpression.parse("a".repeat(64)).mayBeHash()).isTrue();
        assertThat(RefExpression.parse("a".repeat(65)).mayBeHash()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~1", "^", "main~x", "main~1x", "main^-1", "main~9999999999", "main@{1", "main@{1}x"})
    void refusesWhatMeansNothing(String text) {
        assertThatThrownBy(() -> RefExpression.parse(text)).isInstanceOf(DatabaseException.Incorrect.class);
    }
}
