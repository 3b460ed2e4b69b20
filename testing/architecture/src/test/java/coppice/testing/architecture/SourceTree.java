package coppice.testing.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The text files of the checkout, found from the folder in which the tests run.
record SourceTree(Path root) {
    private static final Set<String> SKIPPED = Set.of("target", ".git", ".idea", ".vscode");

    /// One file: where it is, seen from the root, and its lines.
    record Source(String path, List<String> lines) {
        boolean isJava() {
            return path.endsWith(".java");
        }

        String text() {
            return String.join("\n", lines);
        }
    }

    static SourceTree find() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("these tests run inside a checkout; no .mvn folder was found above");
            }
        }
        return new SourceTree(folder);
    }

    List<Source> sources() {
        List<Source> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean isDatabase = Files.exists(folder.resolve("MANIFEST")); // of somebody who tried things out
                    boolean skip =
                            isDatabase || SKIPPED.contains(folder.getFileName().toString());
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String path = root.relativize(file).toString().replace('\\', '/');
                    if (path.matches(".*\\.(java|md|xml|sh|yml|yaml|txt|properties)") || !path.contains(".")) {
                        found.add(new Source(path, Files.readAllLines(file)));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
