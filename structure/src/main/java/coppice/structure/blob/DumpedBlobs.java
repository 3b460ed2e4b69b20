package coppice.structure.blob;

import coppice.json.Json;
import coppice.structure.codec.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/// Blobs as the items of a dump, of which one at a time is in memory. Throws [UncheckedIOException] where a
/// content is not complete.
final class DumpedBlobs implements Iterator<Json>, AutoCloseable {
    private final Iterator<Row> rows;
    private final Function<Row, InputStream> contents;
    private final byte[] piece = new byte[BlobItem.PIECE_BYTES];
    private final MessageDigest sha256 = Digests.sha256();
    private Optional<Reading> reading = Optional.empty();
    private Optional<Json> ahead = Optional.empty();

    /// A blob that there is.
    record Row(String blob, BlobRow row) {}

    private record Reading(Row of, InputStream content) {}

    /// @param contents opens the content of a blob
    DumpedBlobs(Iterator<Row> rows, Function<Row, InputStream> contents) {
        this.rows = rows;
        this.contents = contents;
    }

    @Override
    public boolean hasNext() {
        if (ahead.isEmpty()) {
            ahead = piece();
        }
        if (ahead.isEmpty() && rows.hasNext()) {
            Row row = rows.next();
            reading = Optional.of(new Reading(row, contents.apply(row)));
            ahead = Optional.of(BlobItem.of(row.blob(), row.row()).json());
        }
        return ahead.isPresent();
    }

    @Override
    public Json next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Json item = ahead.orElseThrow();
        ahead = Optional.empty();
        return item;
    }

    /// The next of the content of the latest blob.
    private Optional<Json> piece() {
        if (reading.isEmpty()) {
            return Optional.empty();
        }
        try {
            int length = reading.get().content().readNBytes(piece, 0, piece.length);
            sha256.update(piece, 0, length);
            if (length == 0) {
                end(reading.get().of());
            }
            return length == 0 ? Optional.empty() : Optional.of(BlobItem.piece(piece, length));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /// A content that is another than was put could not be loaded.
    private void end(Row row) throws IOException {
        close();
        if (!HexFormat.of().formatHex(sha256.digest()).equals(row.row().sha256())) {
            throw new IOException(
                    "the blob '" + row.blob() + "' is not as it was put: see what 'verify' and 'check' say");
        }
    }

    @Override
    public void close() {
        reading.ifPresent(open -> {
            try (InputStream _ = open.content()) {
                reading = Optional.empty();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }
}
