package coppice.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the guide says is so.
final class GuideTest {
    private static List<String> lines(String kind) throws IOException {
        String page = Files.readString(Path.of("../docs/guide/expressions.md"));
        return Pattern.compile("```" + kind + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
    }

    @Test
    void examplesYieldWhatTheGuideSays() throws IOException {
        byte[] document = String.join("\n", lines("json")).getBytes(UTF_8);
        List<String> examples = lines("expression");
        assertThat(examples).hasSizeGreaterThan(30);
        for (String example : examples) {
            int arrow = example.indexOf('→');
            Value value = Evaluator.of(Expression.parse(example.substring(0, arrow)))
                    .value("user:7".getBytes(UTF_8), document);
            assertThat(new Expression.Constant(value))
                    .as(example)
                    .hasToString(example.substring(arrow + 1).strip());
        }
    }

    @Test
    void errorsAreThoseOfTheGuide() throws IOException {
        Iterator<String> lines = lines("error").iterator();
        assertThat(lines).hasNext();
        while (lines.hasNext()) {
            String text = lines.next();
            String error = lines.next();
            ExpressionException wrong = catchThrowableOfType(ExpressionException.class, () -> Expression.parse(text));
            assertThat(" ".repeat(wrong.offset()) + "^ " + wrong.problem()).isEqualTo(error);
        }
    }

    @Test
    void everyFunctionIsInTheGuide() throws IOException {
        String page = Files.readString(Path.of("../docs/guide/expressions.md"));
        String section = page.substring(page.indexOf("## Functions"), page.indexOf("## Grammar"));
        Set<String> named = Pattern.compile("`(\\w+)\\(")
                .matcher(section)
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Function.values()).map(Function::text).toList());
    }
}
