package coppice.testing.architecture;

import coppice.testing.architecture.SourceTree.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// How the sources look: limits on size, and words that have no place in what is finished.
final class Tidiness {
    /// Something that breaks a rule: where, which rule, and how much of it there is (lines, or occurrences).
    record Finding(String place, String rule, long amount) {}

    private static final int FILE_LINES = 500;
    private static final int METHOD_LINES = 60;
    private static final int LINE_WIDTH = 120;
    private static final int MODULE_POM_LINES = 30;

    /// Whose public types and methods carry doc comments.
    private static final Pattern PUBLISHED = Pattern.compile(
            "^(async|api|json|expression|schema|projection|vector|structure|kernel|engine|testing/\\w+)/src/main/");

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
        boolean isBench = source.path().startsWith("bench/"); // it may wait, and its pom names all the peers
        BANNED.forEach((rule, pattern) -> {
            if (isBench && rule.equals("waits-by-the-clock")) {
                return;
            }
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
            Shape shape = Shape.of(source.text());
            shape.methodLines()
                    .forEach((method, lines) ->
                            add(findings, source.path() + '#' + method, "method-lines", lines, METHOD_LINES));
            if (PUBLISHED.matcher(source.path()).find()) {
                shape.undocumented().forEach(name -> add(findings, source.path() + '#' + name, "undocumented", 1, 0));
            }
        }
        if (source.path().endsWith("/pom.xml") && !isBench) {
            add(findings, source.path(), "module-pom-lines", source.lines().size(), MODULE_POM_LINES);
        }
        return findings;
    }

    private static void add(List<Finding> findings, String place, String rule, long amount, long limit) {
        if (amount > limit) {
            findings.add(new Finding(place, rule, amount));
        }
    }
}
