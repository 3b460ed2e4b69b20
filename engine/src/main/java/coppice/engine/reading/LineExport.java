package coppice.engine.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Cursor;
import coppice.api.Export;
import coppice.api.Range;
import coppice.api.Snapshot;
import coppice.json.JsonRow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// Writes a state as JSON lines.
public final class LineExport {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int TOLD_EVERY = 1024;

    private final Snapshot state;
    private final Export how;
    private final long total;
    private long rows;

    private LineExport(Snapshot state, Export how, long total) {
        this.state = state;
        this.how = how;
        this.total = total;
    }

    /// Writes it.
    ///
    /// @return how many rows
    public static long write(Snapshot state, Export how, OutputStream out) throws IOException {
        List<String> spaces = how.spaces().isEmpty() ? state.spaces() : how.spaces();
        long total =
                spaces.stream().mapToLong(space -> state.space(space).count()).sum();
        LineExport export = new LineExport(state, how, total);
        OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        for (String space : spaces) {
            export.write(space, buffered);
        }
        buffered.flush();
        export.tell();
        return export.rows;
    }

    private void write(String space, OutputStream out) throws IOException {
        Optional<String> name = how.namesSpaces() ? Optional.of(space) : Optional.empty();
        try (Cursor cursor = state.space(space).scan(Range.all())) {
            while (cursor.next()) {
                JsonRow row = new JsonRow(name, cursor.key(), cursor.value());
                out.write(row.document().text().getBytes(UTF_8));
                out.write('\n');
                if (++rows % TOLD_EVERY == 0) {
                    tell();
                }
            }
        }
    }

    private void tell() {
        how.progress().moved("export", "rows", rows, Math.max(rows, total));
    }
}
