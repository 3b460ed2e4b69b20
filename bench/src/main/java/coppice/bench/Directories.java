package coppice.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// The places stores live in while they are measured.
final class Directories {
    private Directories() {}

    /// An empty directory of this name, whatever was there.
    static Path fresh(Path parent, String name) throws IOException {
        Path directory = parent.resolve(name);
        delete(directory);
        return Files.createDirectories(directory);
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// What a directory takes on the disk: allocated blocks, so that files with holes count for what they use.
    static double megabytes(Path directory) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("du", "-sk", directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD) // a file may go while it is looked at
                .start();
        try (var output = process.inputReader()) {
            String line = output.readLine();
            process.waitFor();
            if (line == null) {
                throw new NoSuchFileException(directory.toString());
            }
            return Double.parseDouble(line.split("\\s", -1)[0]) * 1024 / 1e6;
        }
    }
}
