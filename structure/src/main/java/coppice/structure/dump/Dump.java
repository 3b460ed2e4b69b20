package coppice.structure.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.StructureKind;
import coppice.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
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

    /// Reads items, one after the other.
    ///
    /// @param kind of what was dumped
    public static void read(InputStream in, DumpFormat format, StructureKind kind, Consumer<DumpedItem> items)
            throws IOException {
        try (DumpReader reader = DumpReader.open(in, format, kind)) {
            for (Optional<DumpedItem> item = reader.next(); item.isPresent(); item = reader.next()) {
                items.accept(item.get());
            }
        }
    }

    static DatabaseException wrong(String why) {
        return new DatabaseException.Incorrect(
                ErrorCode.INVALID_IMPORT, "The dump cannot be loaded, and nothing was: " + why);
    }
}
