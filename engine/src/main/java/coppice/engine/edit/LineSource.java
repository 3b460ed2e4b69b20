package coppice.engine.edit;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Import;
import coppice.engine.terms.Checks;
import coppice.json.Json;
import coppice.json.JsonException;
import coppice.json.JsonReader;
import coppice.json.JsonRow;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads rows from JSON lines, and says in which line something is wrong.
public final class LineSource {
    private final Source source;
    private final JsonReader reader;
    private final Optional<String> space;

    /// A row, within the limits.
    record Line(String space, byte[] key, byte[] value) {}

    /// The stream of the caller failed.
    public static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final IOException failure;

        Broken(IOException failure) {
            super(failure);
            this.failure = failure;
        }

        /// What the stream said.
        public IOException failure() {
            return failure;
        }
    }

    /// Remembers how the caller's stream failed, and leaves it open.
    private static final class Source extends FilterInputStream {
        private @Nullable IOException failure;

        Source(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void close() {
            // whoever opened it closes it
        }
    }

    LineSource(InputStream in, Import how) {
        this.source = new Source(in);
        this.reader = open(source);
        this.space = how.space();
    }

    private static JsonReader open(Source source) {
        try {
            return JsonReader.of(source); // reads the first bytes
        } catch (RuntimeException failure) {
            IOException broken = source.failure;
            throw broken == null ? failure : new Broken(broken);
        }
    }

    /// The next row; nothing after the last.
    Optional<Line> next() {
        Optional<Json> document;
        try {
            document = reader.next();
        } catch (JsonException bad) {
            IOException broken = source.failure;
            if (broken != null) {
                throw new Broken(broken);
            }
            throw wrong(Math.max(1, bad.line()), "it is not JSON at column " + bad.column() + ": " + bad.getMessage());
        }
        return document.map(this::line);
    }

    private Line line(Json document) {
        JsonRow row = JsonRow.of(document)
                .orElseThrow(() -> wrong(
                        reader.line(),
                        "it is no row of an export: an object with key or key64, and value, text or value64"));
        String name = row.space()
                .or(() -> space)
                .orElseThrow(() -> wrong(
                        reader.line(), "it names no space, and none was given for such lines: use Import.into(space)"));
        try {
            return new Line(Checks.spaceName(name), Checks.key(row.key()), Checks.value(row.value()));
        } catch (DatabaseException.Incorrect limit) {
            throw new DatabaseException.Incorrect(
                            limit.code(), "Line " + reader.line() + " cannot be imported: " + limit.getMessage(), limit)
                    .with("line", reader.line());
        }
    }

    private static DatabaseException wrong(int line, String what) {
        return new DatabaseException.Incorrect(
                        ErrorCode.INVALID_IMPORT,
                        "Line " + line + " cannot be imported, " + what + "; nothing was changed")
                .with("line", line);
    }
}
