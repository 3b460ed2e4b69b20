package coppice.structure.dump;

import coppice.api.structure.DumpFormat;
import coppice.api.structure.StructureKind;
import coppice.json.Json;
import coppice.json.JsonException;
import coppice.json.JsonReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Reads the items of a dump one after the other, and holds one at a time. The stream stays open.
public final class DumpReader implements AutoCloseable {
    private static final String ITEMS = "items";

    private final JsonReader reader;
    private final StructureKind kind;
    private boolean isDocument;

    private DumpReader(JsonReader reader, DumpFormat format, StructureKind kind) {
        this.reader = reader;
        this.kind = kind;
        this.isDocument = format == DumpFormat.JSON;
    }

    /// Begins to read.
    ///
    /// @param kind of what was dumped
    /// @throws IOException of the stream
    public static DumpReader open(InputStream in, DumpFormat format, StructureKind kind) throws IOException {
        try {
            return new DumpReader(JsonReader.of(new Kept(in)), format, kind);
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    /// The next item; nothing at the end.
    ///
    /// @throws IOException of the stream
    /// @throws coppice.api.DatabaseException.Incorrect when there is no item, or something else
    public Optional<DumpedItem> next() throws IOException {
        try {
            if (isDocument) {
                isDocument = false;
                enter();
            }
            Optional<DumpedItem> item = reader.next().map(DumpedItem::of);
            if (item.isEmpty()) {
                checkKind();
            }
            return item;
        } catch (JsonException notJson) {
            throw Dump.wrong("line " + notJson.line() + ", column " + notJson.column() + ": " + notJson.getMessage());
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private void enter() {
        boolean hasItems = reader.enter(ITEMS);
        checkKind();
        if (!hasItems) {
            throw Dump.wrong("it is no object with '" + ITEMS + "'; a dump of lines is read as such");
        }
    }

    private void checkKind() {
        if (reader.beside().get("kind") instanceof Json.Str(String other) && !other.equals(kind.text())) {
            throw Dump.wrong("it is a dump of another kind, '" + other + "', and not of a " + kind.text());
        }
    }

    @Override
    public void close() {
        reader.close();
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
