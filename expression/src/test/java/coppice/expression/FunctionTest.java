package coppice.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

final class FunctionTest {
    @ParameterizedTest
    @CsvFileSource(resources = "functions.txt", delimiter = '→', quoteCharacter = '~')
    void values(String expression, String expected) {
        assertThat(EvaluatorTest.value(expression)).as(expression).isEqualTo(EvaluatorTest.value(expected));
    }

    /// Of every kind and number of arguments that can be written, the result is of a type that the signature names, or
    /// NULL.
    @ParameterizedTest
    @EnumSource
    void resultsAreOfTheTypesThatTheSignatureNames(Function function) {
        List<Value> samples = Stream.of("NULL", "TRUE", "-2.5", "3", "'2026-11-29'", "'a'", "JSON '[1]'", "JSON '{}'")
                .map(EvaluatorTest::value)
                .toList();
        List<List<Value>> rows = List.of(List.of());
        boolean isAlwaysNull = true;
        for (int count = 1; count <= 3; count++) {
            List<List<Value>> longer = new ArrayList<>();
            for (List<Value> row : rows) {
                for (Value sample : samples) {
                    longer.add(Stream.concat(row.stream(), Stream.of(sample)).toList());
                }
            }
            rows = longer;
            for (List<Value> row : function.takes(count) ? rows : List.<List<Value>>of()) {
                Value result = function.of(row);
                isAlwaysNull &= result == Value.Null.VALUE;
                assertThat(result.type().stream()).allMatch(function.signature().result()::contains);
                for (int i = 0; i < count && function != Function.COALESCE && function != Function.NULLIF; i++) {
                    Value argument = row.get(i);
                    if (argument.type().stream().noneMatch(function.signature().parameter(i)::contains)) {
                        assertThat(result).as("%s%s", function.text(), row).isEqualTo(Value.Null.VALUE);
                    }
                }
            }
        }
        assertThat(isAlwaysNull).isFalse();
    }

    @Test
    void textsBeyondTheLongestAreNull() {
        String half = "x".repeat(TextFunctions.LONGEST / 2);
        Text text = Text.of(half);
        assertThat(Operator.CONCATENATE.of(text, text)).isInstanceOf(Text.class);
        assertThat(Operator.CONCATENATE.of(text, Text.of(half + "x"))).isEqualTo(Value.Null.VALUE);
        assertThat(Function.REPLACE.of(List.of(text, Value.of("x"), Value.of("yy"))))
                .isEqualTo(Value.Null.VALUE);
    }
}
