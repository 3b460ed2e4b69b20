package coppice.structure.dict;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.StructureInfo;
import coppice.json.Json;
import coppice.json.JsonException;
import coppice.json.JsonReader;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The entries of a dict as text, and back.
final class DictDump {
    private DictDump() {}

    /// An entry in stored form.
    record Item(String key, byte[] value, Optional<Instant> expires) {
        private Json json() {
            return Json.object(
                    "key",
                    key,
                    "value",
                    JsonReader.parse(value),
                    "expires",
                    expires.map(Instant::toString).orElse(null));
        }
    }

    /// Writes items.
    ///
    /// @param count how many they are
    static void write(OutputStream out, DumpFormat format, StructureInfo dict, long count, Iterator<Item> items)
            throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        boolean isDocument = format == DumpFormat.JSON;
        if (isDocument) {
            String head = Json.object(
                            "name", dict.name(), "kind", dict.kind().text(), "values", dict.values(), "count", count)
                    .text();
            write(buffered, head.substring(0, head.length() - 1) + ",\"items\":[");
        }
        while (items.hasNext()) {
            write(buffered, items.next().json().text());
            write(buffered, isDocument ? items.hasNext() ? ",\n" : "" : "\n");
        }
        if (isDocument) {
            write(buffered, "]}\n");
        }
        buffered.flush();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }

    /// Reads items.
    static void read(InputStream in, DumpFormat format, Consumer<Item> items) throws IOException {
        try (JsonReader reader = JsonReader.of(new Kept(in))) {
            if (format == DumpFormat.JSON) {
                document(reader.next()).forEach(item -> items.accept(item(item)));
            } else {
                for (Optional<Json> item = reader.next(); item.isPresent(); item = reader.next()) {
                    items.accept(item(item.get()));
                }
            }
        } catch (JsonException notJson) {
            throw wrong("line " + notJson.line() + ", column " + notJson.column() + ": " + notJson.getMessage());
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private static List<Json> document(Optional<Json> document) {
        if (document.orElse(Json.Null.VALUE) instanceof Json.Obj(Map<String, Json> members)
                && members.get("items") instanceof Json.Arr(List<Json> items)) {
            String kind = members.get("kind") instanceof Json.Str(String text) ? text : "dict";
            if (!kind.equals("dict")) {
                throw wrong("it is a dump of a " + kind + ", not of a dict");
            }
            return items;
        }
        throw wrong("it is no object with 'items'; a dump of lines is read as such");
    }

    private static Item item(Json json) {
        if (json instanceof Json.Obj(Map<String, Json> members)
                && members.get("key") instanceof Json.Str(String key)
                && members.containsKey("value")) {
            return new Item(key, members.get("value").text().getBytes(UTF_8), expires(members.get("expires")));
        }
        throw wrong("'" + shown(json) + "' is no object with 'key' (text) and 'value'");
    }

    private static Optional<Instant> expires(@Nullable Json member) {
        try {
            return switch (member) {
                case null -> Optional.empty();
                case Json.Null() -> Optional.empty();
                case Json.Str(String text) -> Optional.of(Instant.parse(text));
                default -> throw wrong("'expires' is a time such as 2026-11-29T12:00:00Z, not " + shown(member));
            };
        } catch (DateTimeException notTime) {
            throw wrong("'expires' is a time such as 2026-11-29T12:00:00Z: " + notTime.getMessage());
        }
    }

    private static String shown(Json json) {
        String text = json.text();
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }

    private static DatabaseException wrong(String why) {
        return new DatabaseException.Incorrect(
                ErrorCode.INVALID_IMPORT, "The dump cannot be loaded, and nothing was: " + why);
    }

    /// The caller's stream, which stays open, and whose failures are not taken for bad JSON.
    private static final class Kept extends FilterInputStream {
        Kept(InputStream in) {
            super(in);
        }

        @Override
        public int read() {
            try {
                return super.read();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            try {
                return super.read(into, offset, length);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public void close() {
            // It is the caller's.
        }
    }
}
