package coppice.testing.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import coppice.testing.architecture.SourceTree.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// How the sources look: limits on size, and words that have no place in what is finished.
final class Tidiness {
    /// Something that breaks a rule: where, which rule, and how much of it there is (lines, or occurrences).
    record Finding(String place, String rule, long amount) {}

    private static final int FILE_LINES = 500;
    private static final int METHOD_LINES = 60;
    private static final int LINE_WIDTH = 120;
    private static final int MODULE_POM_LINES = 30;

    /// Words are written apart here so that this file does not find itself.
    private static final Map<String, Pattern> BANNED = banned();

    private Tidiness() {}

    private static Map<String, Pattern> banned() {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        patterns.put("unfinished", Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b"));
        patterns.put("machine-path", Pattern.compile("(?<![\\w.~}])/(work|root|ho" + "me/\\w+|User" + "s/\\w+)/\\w"));
        patterns.put("disabled-test", Pattern.compile("@Dis" + "abled\\b"));
        patterns.put("waits-by-the-clock", Pattern.compile("Thread\\.sle" + "ep\\("));
        return patterns;
    }

    static List<Finding> of(Source source) {
        List<Finding> findings = new ArrayList<>();
        BANNED.forEach((rule, pattern) -> {
            long hits = source.lines().stream()
                    .filter(line -> pattern.matcher(line).find())
                    .count();
            add(findings, source.path(), rule, hits, 0);
        });
        if (source.isJava()) {
            add(findings, source.path(), "file-lines", source.lines().size(), FILE_LINES);
            long wide = source.lines().stream()
                    .filter(line -> line.length() > LINE_WIDTH)
                    .count();
            add(findings, source.path(), "line-width", wide, 0);
            methodLines(source)
                    .forEach((method, lines) ->
                            add(findings, source.path() + '#' + method, "method-lines", lines, METHOD_LINES));
        }
        if (source.path().endsWith("/pom.xml")) {
            add(findings, source.path(), "module-pom-lines", source.lines().size(), MODULE_POM_LINES);
        }
        return findings;
    }

    private static void add(List<Finding> findings, String place, String rule, long amount, long limit) {
        if (amount > limit) {
            findings.add(new Finding(place, rule, amount));
        }
    }

    /// The length of the longest method of each name, doc comment excluded, as javac's parser sees it.
    static Map<String, Long> methodLines(Source source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///A.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source.text();
            }
        };
        JavacTask task = (JavacTask) compiler.getTask(null, null, ignored -> {}, null, null, List.of(file));
        Map<String, Long> lengths = new LinkedHashMap<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                SourcePositions positions = Trees.instance(task).getSourcePositions();
                LineMap lines = unit.getLineMap();
                unit.accept(
                        new TreeScanner<@Nullable Object, Map<String, Long>>() {
                            @Override
                            public @Nullable Object visitMethod(MethodTree method, Map<String, Long> found) {
                                long end = positions.getEndPosition(unit, method);
                                if (end >= 0) { // generated ones, such as a record's accessors, end nowhere
                                    long first = lines.getLineNumber(positions.getStartPosition(unit, method));
                                    long length = lines.getLineNumber(end) - first + 1;
                                    found.merge(method.getName().toString(), length, Math::max);
                                }
                                return super.visitMethod(method, found);
                            }
                        },
                        lengths);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lengths;
    }
}
