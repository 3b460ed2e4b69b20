package coppice.structure.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.StructureKind;
import coppice.json.Json;
import coppice.json.JsonException;
import coppice.json.JsonReader;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What is in a structure as text, and back: an item after the other, on lines of their own or in one document.
public final class Dump {
    private Dump() {}

    /// Writes items. The stream is flushed and stays open.
    ///
    /// @param count how many they are
    public static void write(
            OutputStream out, DumpFormat format, StructureInfo structure, long count, Iterator<Json> items)
            throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        boolean isDocument = format == DumpFormat.JSON;
        if (isDocument) {
            write(buffered, head(structure, count));
        }
        while (items.hasNext()) {
            write(buffered, items.next().text());
            write(buffered, isDocument ? items.hasNext() ? ",\n" : "" : "\n");
        }
        if (isDocument) {
            write(buffered, "]}\n");
        }
        buffered.flush();
    }

    private static String head(StructureInfo structure, long count) {
        String head = Json.object(
                        "name",
                        structure.name(),
                        "kind",
                        structure.kind().text(),
                        "values",
                        structure.values(),
                        "count",
                        count)
                .text();
        return head.substring(0, head.length() - 1) + ",\"items\":[";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }

    /// Reads items.
    ///
    /// @param kind of what was dumped
    public static void read(InputStream in, DumpFormat format, StructureKind kind, Consumer<DumpedItem> items)
            throws IOException {
        try (JsonReader reader = JsonReader.of(new Kept(in))) {
            if (format == DumpFormat.JSON) {
                document(reader.next(), kind).forEach(item -> items.accept(DumpedItem.of(item)));
            } else {
                for (Optional<Json> item = reader.next(); item.isPresent(); item = reader.next()) {
                    items.accept(DumpedItem.of(item.get()));
                }
            }
        } catch (JsonException notJson) {
            throw wrong("line " + notJson.line() + ", column " + notJson.column() + ": " + notJson.getMessage());
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private static List<Json> document(Optional<Json> document, StructureKind wanted) {
        if (document.orElse(Json.Null.VALUE) instanceof Json.Obj(Map<String, Json> members)
                && members.get("items") instanceof Json.Arr(List<Json> items)) {
            boolean isOther = members.get("kind") instanceof Json.Str(String kind) && !kind.equals(wanted.text());
            if (isOther) {
                throw wrong("it is a dump of another kind, " + members.get("kind") + ", and not of a " + wanted.text());
            }
            return items;
        }
        throw wrong("it is no object with 'items'; a dump of lines is read as such");
    }

    static DatabaseException wrong(String why) {
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
