package coppice.cli.inspect;

import coppice.kernel.bytes.CorruptException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Reads files of a database without opening it.
final class DatabaseFiles {
    private DatabaseFiles() {}

    static byte[] read(Path file, long offset, int length) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            if (offset + length > in.length()) {
                throw new CorruptException(
                        file.getFileName().toString(), offset, length + " bytes", (in.length() - offset) + " bytes");
            }
            byte[] bytes = new byte[length];
            in.seek(offset);
            in.readFully(bytes);
            return bytes;
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    static byte[] read(Path file) {
        return read(file, 0, (int) Math.min(size(file), Integer.MAX_VALUE - 8));
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    /// The files of a directory that end so, by name; none when there is no directory.
    static List<Path> list(Path directory, String ending) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(directory + " cannot be read: " + failure.getMessage(), failure);
        }
    }
}
