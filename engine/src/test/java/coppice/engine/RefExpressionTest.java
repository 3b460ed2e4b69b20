package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.engine.RefExpression.Back;
import coppice.engine.RefExpression.Parent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefExpressionTest {
    @Test
    void takesStepsApart() {
        RefExpression ref = RefExpression.parse("feature/x~2^^0~");
        assertThat(ref.base()).isEqualTo("feature/x");
        assertThat(ref.steps()).containsExactly(new Back(2), new Parent(1), new Parent(0), new Back(1));
        assertThat(RefExpression.parse("main").steps()).isEmpty();
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
    @ValueSource(strings = {"", "~1", "^", "main~x", "main~1x", "main^-1", "main~9999999999"})
    void refusesWhatMeansNothing(String text) {
        assertThatThrownBy(() -> RefExpression.parse(text)).isInstanceOf(DatabaseException.Incorrect.class);
    }
}
