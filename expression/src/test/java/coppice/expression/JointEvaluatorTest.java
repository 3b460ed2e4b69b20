package coppice.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class JointEvaluatorTest {
    private static final byte[] KEY = "k".getBytes(UTF_8);

    private record Question(List<Expression> expressions, Value document) {}

    @Test
    void eachExpressionYieldsWhatItYieldsAlone() {
        Gen<Question> questions = Gen.combine(Samples.expressions().list(0, 4), Samples.values(), Question::new);
        Property.forAll(questions).runs(3_000).check(question -> {
            byte[] document = question.document().json().text().getBytes(UTF_8);
            JointEvaluator.Values values =
                    JointEvaluator.of(question.expressions()).values(KEY, document);
            for (int i = question.expressions().size() - 1; i >= 0; i--) {
                Evaluator alone = Evaluator.of(question.expressions().get(i));
                assertThat(values.value(i)).isEqualTo(alone.value(KEY, document));
                assertThat(values.holds(i)).isEqualTo(alone.holds(KEY, document));
            }
        });
    }

    @Test
    void anExpressionTellsItsParameters() {
        assertThat(Expression.parse("a = :n AND CASE WHEN ? THEN :n END = ?").parameters())
                .extracting(Expression.Parameter::name)
                .containsExactly("n", "1", "2");
        assertThatThrownBy(() -> JointEvaluator.of(List.of(Expression.parse("?"))))
                .hasMessageContaining("no value");
    }

    /// What is put in yields the same as what is written to the document beforehand.
    @Test
    void membersThatArePutInYieldWhatTheyWouldYieldInTheDocument() {
        Map<String, Expression> members = Map.of("a", Expression.parse("b"), "z", Expression.parse("$key || '!'"));
        byte[] document = "{\"a\":1,\"b\":[2],\"c\":{\"a\":3}}".getBytes(UTF_8);
        byte[] written = "{\"a\":[2],\"b\":[2],\"c\":{\"a\":3},\"z\":\"k!\"}".getBytes(UTF_8);
        Stream.of("a", "a = b", "a CONTAINS 2", "z || a", "a IS MISSING OR z IS MISSING", "c.a", "b[0]", "y IS MISSING")
                .map(Expression::parse)
                .forEach(expression -> assertThat(
                                Evaluator.of(expression.inlined(members)).value(KEY, document))
                        .as(expression.toString())
                        .isEqualTo(Evaluator.of(expression).value(KEY, written)));
        assertThatThrownBy(() -> Expression.parse("a[0]").inlined(members)).hasMessageContaining("a[0] goes on into a");
    }
}
