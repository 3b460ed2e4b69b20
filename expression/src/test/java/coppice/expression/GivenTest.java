package coppice.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Values that are given instead of read.
class GivenTest {
    private static final byte[] KEY = "k1".getBytes(UTF_8);
    private static final byte[] NOTHING = {};

    private static List<Expression> parsed(String... texts) {
        return Stream.of(texts).map(Expression::parse).toList();
    }

    private static boolean follows(String expression, String... from) {
        return Expression.parse(expression).follows(parsed(from));
    }

    @Test
    void anExpressionFollowsFromItsPartsAndTheKey() {
        assertThat(follows("a = 1 AND b > 2", "a", "b")).isTrue();
        assertThat(follows("a = 1 AND b > 2", "a")).isFalse();
        assertThat(follows("lower(a) = $key", "lower(a)")).isTrue();
        assertThat(follows("lower(a) = upper(a)", "lower(a)")).isFalse();
        assertThat(follows("a.b = 1", "a")).isFalse();
        assertThat(follows("a IS NULL", "a")).isTrue();
        assertThat(follows("a IS MISSING", "a")).isFalse();
        assertThat(follows("1 = 2")).isTrue();
    }

    @Test
    void whatIsGivenIsNotRead() {
        List<Expression> asked = parsed("a + 1", "a IS NULL", "lower(b) = 'x'", "b", "$key", "b IS NULL");
        JointEvaluator.Values values = JointEvaluator.of(asked, parsed("a", "lower(b)", "b"))
                .values(KEY, NOTHING, List.of(Value.of(2), Value.of("x"), Value.Null.VALUE));
        assertThat(values.value(0)).isEqualTo(Value.of(3));
        assertThat(values.value(1)).isEqualTo(Value.of(false));
        assertThat(values.value(2)).isEqualTo(Value.of(true));
        assertThat(values.value(3)).isEqualTo(Value.Null.VALUE);
        assertThat(values.value(4)).isEqualTo(Value.of("k1"));
        assertThat(values.value(5)).isEqualTo(Value.of(true));
    }

    @Test
    void whatIsNotGivenIsRead() {
        JointEvaluator.Values values = JointEvaluator.of(parsed("a + b"), parsed("a"))
                .values(KEY, "{\"a\":1,\"b\":10}".getBytes(UTF_8), List.of(Value.of(2)));
        assertThat(values.value(0)).isEqualTo(Value.of(12));
    }
}
