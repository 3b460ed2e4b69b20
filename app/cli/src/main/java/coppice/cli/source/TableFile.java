package coppice.cli.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A file that holds a table.
///
/// @param path where it is
/// @param space the space it goes to: the file's name without its ending
/// @param format how it is written
public record TableFile(Path path, String space, Format format) {
    private static final Map<String, Format> ENDINGS = Map.of(
            "csv",
            Format.CSV,
            "tsv",
            Format.CSV,
            "tab",
            Format.CSV,
            "json",
            Format.JSON,
            "jsonl",
            Format.JSON,
            "ndjson",
            Format.JSON);

    /// How a file is written.
    public enum Format {
        /// Fields with separators, the first line their names.
        CSV,
        /// One array of values, or values that follow each other.
        JSON
    }

    /// The tables in a file, or in the files of a directory whose endings say that they are tables.
    ///
    /// @throws InputException when there is nothing, or nothing that is a table
    public static List<TableFile> in(Path path) {
        if (Files.notExists(path)) {
            throw new InputException(path, "there is no such file or directory; check the path");
        }
        try {
            return Files.isDirectory(path) ? inDirectory(path) : List.of(file(path));
        } catch (IOException denied) {
            throw new InputException(path, "it cannot be read: " + InputException.reason(denied));
        }
    }

    /// The same file, going to another space.
    public TableFile into(String name) {
        return new TableFile(path, name, format);
    }

    private static List<TableFile> inDirectory(Path directory) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (ENDINGS.containsKey(ending(entry)) && Files.isRegularFile(entry)) {
                    paths.add(entry);
                }
            }
        }
        paths.sort(null);
        if (paths.isEmpty()) {
            throw new InputException(
                    directory, "no table in it; expected files that end in .csv, .tsv, .json, .jsonl or .ndjson");
        }
        List<TableFile> files = new ArrayList<>();
        for (Path path : paths) {
            TableFile file = file(path);
            for (TableFile other : files) {
                if (other.space().equals(file.space())) {
                    throw new InputException(
                            path, "it would go to the same space as " + other.path() + "; rename one of them");
                }
            }
            files.add(file);
        }
        return files;
    }

    private static TableFile file(Path path) throws IOException {
        Format format = ENDINGS.get(ending(path));
        return new TableFile(path, spaceOf(path), format == null ? sniff(path) : format);
    }

    private static Format sniff(Path path) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            int first = in.read();
            while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
                first = in.read();
            }
            return first == '[' || first == '{' ? Format.JSON : Format.CSV;
        }
    }

    private static String spaceOf(Path path) {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String ending(Path path) {
        String name = path.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /// This file's rows from the start.
    Items items(Columns columns) {
        try {
            return switch (format) {
                case CSV -> CsvItems.open(path, columns);
                case JSON -> JsonItems.open(path);
            };
        } catch (IOException denied) {
            throw new InputException(path, "it cannot be read: " + InputException.reason(denied));
        }
    }
}
