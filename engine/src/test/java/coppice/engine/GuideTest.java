package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the documents show is what compiles.
class GuideTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path classes;

    @Test
    void everyBlockOfCodeCompiles() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("../README.md")));
        try (var guide = Files.list(Path.of("../docs/guide"))) {
            guide.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        List<JavaFileObject> sources = new ArrayList<>();
        for (Path page : pages) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                sources.add(source("Block" + sources.size(), block.group(1)));
            }
        }
        assertThat(sources).hasSizeGreaterThan(5);
        StringWriter said = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled =
                compiler.getTask(said, null, null, options, null, sources).call();
        assertThat(compiled).as(said.toString()).isTrue();
    }

    private static JavaFileObject source(String name, String code) {
        String text = """
                import coppice.api.*;
                import coppice.api.feed.*;
                import coppice.api.progress.*;
                import coppice.api.projection.*;
                import coppice.api.query.*;
                import coppice.api.schema.*;
                import coppice.api.search.*;
                import coppice.api.structure.*;
                import java.io.*;
                import java.time.*;
                import java.util.*;
                import java.util.concurrent.Flow;
                import java.util.stream.*;
                import static java.nio.charset.StandardCharsets.UTF_8;
                class %s {
                    void review(List<Conflict> conflicts) {}
                    void run(%s) throws Exception {
                %s
                    }
                }
                """.formatted(name, parameters(code), code);
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private static String parameters(String code) {
        List<String> given = new ArrayList<>();
        if (!code.contains("Database db =")) {
            given.add("Database db");
        }
        if (!code.contains("Space users =")) {
            given.add("Space users");
        }
        return String.join(", ", given);
    }
}
