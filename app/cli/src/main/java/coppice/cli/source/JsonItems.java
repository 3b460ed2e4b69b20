package coppice.cli.source;

import coppice.json.JsonException;
import coppice.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The values of a JSON file.
final class JsonItems implements Items {
    private final Path path;
    private final JsonReader reader;

    private JsonItems(Path path, JsonReader reader) {
        this.path = path;
        this.reader = reader;
    }

    static Items open(Path path) throws IOException {
        return new JsonItems(path, JsonReader.of(Files.newInputStream(path)));
    }

    @Override
    public Optional<Item> next() {
        try {
            return reader.next().map(value -> new Item(value, reader.line()));
        } catch (JsonException bad) {
            throw new InputException(
                    path, Math.max(1, bad.line()), "not JSON at column " + bad.column() + ": " + bad.getMessage());
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
