package coppice.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValuesAsJsonTest {
    private static final byte[] KEY = "k1".getBytes(UTF_8);

    private static List<String> json(String document, String... expressions) {
        List<Expression> parsed =
                Arrays.stream(expressions).map(Expression::parse).toList();
        JointEvaluator.Values values = JointEvaluator.of(parsed).values(KEY, document.getBytes(UTF_8));
        return IntStream.range(0, parsed.size())
                .mapToObj(number -> new String(values.json(number), UTF_8))
                .toList();
    }

    @Test
    void numbersArraysAndObjectsAreAsTheDocumentHasThem() {
        assertThat(json(
                        "{\"a\": 1.50, \"b\": [1 ,\"\\u0041\"], \"c\":{\"y\":1, \"x\":2e0} }",
                        "a",
                        "b",
                        "c",
                        "b[0]",
                        "c.x"))
                .containsExactly("1.50", "[1 ,\"\\u0041\"]", "{\"y\":1, \"x\":2e0}", "1", "2e0");
    }

    @Test
    void othersAreWrittenInTheShortestWay() {
        assertThat(json(
                        "{\"a\": \"\\u0041\", \"b\": true, \"c\": null, \"d\": 1.50}",
                        "a",
                        "b",
                        "c",
                        "x",
                        "d * 2",
                        "$key"))
                .containsExactly("\"A\"", "true", "null", "null", "3", "\"k1\"");
    }

    @Test
    void whatIsNoNumberOfExpressionsIsNull() {
        assertThat(json("{\"a\": 1e9999999999}", "a", "$value")).containsExactly("null", "{\"a\": 1e9999999999}");
        assertThat(json("no JSON", "a", "$value")).containsExactly("null", "null");
    }
}
