package coppice.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.testing.architecture.SourceTree.Source;
import coppice.testing.architecture.Tidiness.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TidinessTest {
    private static List<Finding> findings(String path, String... lines) {
        return Tidiness.of(new Source(path, List.of(lines)));
    }

    @Test
    void theSourcesAreTidy() throws IOException {
        SourceTree tree = SourceTree.find();
        List<Source> sources = tree.sources();
        assertThat(sources)
                .extracting(Source::path)
                .contains("README.md", "build", "pom.xml", "kernel/src/main/java/module-info.java");
        Exemptions exemptions =
                Exemptions.parse(Files.readAllLines(tree.root().resolve("testing/architecture/exemptions.txt")));
        assertThat(exemptions.complaints(sources.stream()
                        .flatMap(source -> Tidiness.of(source).stream())
                        .toList()))
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        List<Source> sources = SourceTree.find().sources();
        List<String> paths = sources.stream().map(Source::path).toList();
        assertThat(paths.stream()
                        .filter(path -> path.matches(".*/src/main/java/.+/[^/]+\\.java"))
                        .map(path -> path.substring(0, path.lastIndexOf('/')) + "/package-info.java")
                        .distinct())
                .isNotEmpty()
                .allSatisfy(path -> assertThat(paths).contains(path));
        assertThat(sources.stream().filter(source -> source.path().matches(".*/src/main/.*-info\\.java")))
                .allSatisfy(
                        source -> assertThat(source.text()).as(source.path()).contains("///", "@NullMarked"));
    }

    @Test
    void unfinishedWordsAndMachinePathsAreFound() {
        assertThat(findings("a.md", "TO" + "DO: write")).containsExactly(new Finding("a.md", "unfinished", 1));
        assertThat(findings("a.md", "see /ho" + "me/ann/notes", "and /roo" + "t/notes"))
                .containsExactly(new Finding("a.md", "machine-path", 2));
        assertThat(findings("A.java", "@Dis" + "abled", "class A { void a() { Thread.sle" + "ep(1); } }"))
                .extracting(Finding::rule)
                .containsExactly("disabled-test", "waits-by-the-clock");
        assertThat(findings("a.md", "a toDo list, https://example.org/ho" + "me/ann/x, ~/work/x"))
                .isEmpty();
    }

    @Test
    void longFilesMethodsAndLinesAreFound() {
        assertThat(findings("A.java", Collections.nCopies(501, "").toArray(String[]::new)))
                .containsExactly(new Finding("A.java", "file-lines", 501));
        assertThat(findings("A.java", Collections.nCopies(500, "").toArray(String[]::new)))
                .isEmpty();
        assertThat(findings("A.java", "// " + "x".repeat(118))).containsExactly(new Finding("A.java", "line-width", 1));
        assertThat(findings("A.java", withMethodOf(61))).containsExactly(new Finding("A.java#run", "method-lines", 61));
        assertThat(findings("A.java", withMethodOf(60))).isEmpty();
    }

    @Test
    void publicTypesAndMethodsWithoutADocCommentAreFound() {
        String[] source = {
            "public interface A {",
            "    void bare();",
            "    /// Told.",
            "    void told();",
            "    final class Inner {",
            "        public void inside() {}",
            "        void hidden() { new Object() { public void local() {} }; }",
            "        @Override public String toString() { return \"\"; }",
            "    }",
            "}"
        };
        assertThat(findings("api/src/main/java/A.java", source))
                .extracting(Finding::place)
                .containsExactly(
                        "api/src/main/java/A.java#A",
                        "api/src/main/java/A.java#Inner",
                        "api/src/main/java/A.java#bare",
                        "api/src/main/java/A.java#inside");
        assertThat(findings("api/src/test/java/A.java", source)).isEmpty();
    }

    private static String[] withMethodOf(int lines) {
        return Stream.of(
                        Stream.of("class A {", "/// Text.", "void run() {"),
                        Collections.nCopies(lines - 2, "int a = '}';").stream(),
                        Stream.of("}", "}"))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    @Test
    void theRatchetTurnsOneWay() {
        Exemptions exemptions = Exemptions.parse(List.of("# comment", "", "A.java | file-lines | 520 | one big table"));
        assertThat(exemptions.complaints(List.of(new Finding("A.java", "file-lines", 520))))
                .isEmpty();
        assertThat(exemptions.complaints(List.of(new Finding("A.java", "file-lines", 521))))
                .hasSize(1);
        assertThat(exemptions.complaints(List.of(new Finding("A.java", "file-lines", 510))))
                .hasSize(1);
        assertThat(exemptions.complaints(List.of())).hasSize(1);
        assertThatThrownBy(() -> Exemptions.parse(List.of("A.java | file-lines | 520 |")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
