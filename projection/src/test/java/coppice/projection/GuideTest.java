package coppice.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coppice.expression.ExpressionException;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the guide says is so.
class GuideTest {
    private static final Pattern EXAMPLE = Pattern.compile(
            "```projection (\\w+)\n(.*?)```\n```java\nProjectionDefinition (\\w+) = (.*?);\n```\n```result\n(.*?)```",
            Pattern.DOTALL);

    @TempDir
    Path classes;

    private static List<MatchResult> found(Pattern pattern) throws IOException {
        String page = Files.readString(Path.of("../docs/guide/projections.md"));
        return pattern.matcher(page).results().toList();
    }

    private static List<MatchResult> blocks(String kind) throws IOException {
        return found(Pattern.compile("```" + kind + "(?: (\\w+))?\n(.*?)```", Pattern.DOTALL));
    }

    @Test
    void examplesGiveWhatTheGuideSays() throws IOException {
        RowsInMemory rows = new RowsInMemory();
        for (MatchResult block : blocks("rows")) {
            block.group(2).lines().forEach(line -> {
                int space = line.indexOf(' ');
                rows.put(block.group(1), line.substring(0, space), line.substring(space + 1));
            });
        }
        List<MatchResult> examples = found(EXAMPLE);
        assertThat(examples).hasSize(blocks("projection").size()).hasSizeGreaterThan(8);
        for (MatchResult example : examples) {
            CompiledProjection projection = CompiledProjection.parse(example.group(1), example.group(2));
            assertThat(rows.results(projection))
                    .as(example.group(2))
                    .containsExactlyElementsOf(example.group(5).lines().toList());
        }
    }

    @Test
    void callsAndTextAreTheSameDefinition() throws Exception {
        List<MatchResult> examples = found(EXAMPLE);
        List<JavaFileObject> sources = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            sources.add(source("Example" + i, examples.get(i).group(4)));
        }
        List<String> options =
                List.of("-d", classes.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .getTask(null, null, null, options, null, sources)
                        .call())
                .isTrue();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            for (int i = 0; i < examples.size(); i++) {
                Object built =
                        loader.loadClass("Example" + i).getMethod("built").invoke(null);
                assertThat(built).isEqualTo(DefinitionText.read(examples.get(i).group(2)));
            }
        }
    }

    private static JavaFileObject source(String name, String expression) {
        String text = """
                import coppice.api.projection.*;
                public class %s {
                    public static Object built() {
                        return %s;
                    }
                }
                """.formatted(name, expression);
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    @Test
    void errorsAreThoseOfTheGuide() throws IOException {
        Iterator<String> lines = blocks("error").getFirst().group(2).lines().iterator();
        while (lines.hasNext()) {
            String text = lines.next();
            ExpressionException wrong =
                    catchThrowableOfType(ExpressionException.class, () -> DefinitionText.read(text));
            assertThat(" ".repeat(wrong.offset()) + "^ " + wrong.problem()).isEqualTo(lines.next());
        }
    }
}
