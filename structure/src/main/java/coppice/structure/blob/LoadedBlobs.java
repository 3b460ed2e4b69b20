package coppice.structure.blob;

import coppice.api.Entry;
import coppice.structure.dump.DumpReader;
import coppice.structure.dump.DumpedItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The parts of all contents in a dump that is read, as rows; and at the end, the rows of the blobs. Each content
/// is compared with the length and the SHA-256 that the dump says.
final class LoadedBlobs implements Iterator<Entry>, AutoCloseable {
    private final DumpReader dump;
    private final Uploads uploads;
    private final Instant now;
    private final Map<String, BlobRow> rows = new LinkedHashMap<>();
    private Optional<DumpedItem> item = Optional.empty(); // that was read and belongs to nothing before
    private Optional<Reading> reading = Optional.empty();

    /// A blob whose content is read.
    private record Reading(BlobItem of, DumpedItem item, String id, Content content, Parts parts) {
        BlobRow row(Instant now) {
            return new BlobRow(of.size(), of.sha256(), of.putAt().orElse(now), of.said(), id);
        }
    }

    /// @param now for what does not say when it was put
    LoadedBlobs(DumpReader dump, Uploads uploads, Instant now) {
        this.dump = dump;
        this.uploads = uploads;
        this.now = now;
    }

    /// What the dump says of blobs, by their names: of two of a name the later one. After the end.
    Map<String, BlobRow> rows() {
        return rows;
    }

    @Override
    public boolean hasNext() {
        while (!reading.map(Reading::parts).map(Parts::hasNext).orElse(false)) {
            reading.ifPresent(this::end);
            if (!begin()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Entry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return reading.orElseThrow().parts().next();
    }

    private boolean begin() {
        item = item.or(this::read);
        item.ifPresent(head -> {
            item = Optional.empty();
            BlobItem blob = BlobItem.of(head);
            String id = uploads.begin(blob.blob());
            Content content = new Content(new Pieces());
            reading = Optional.of(new Reading(blob, head, id, content, new Parts(blob.blob(), id, content)));
        });
        return reading.isPresent();
    }

    private Optional<DumpedItem> read() {
        try {
            return dump.next();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void end(Reading read) {
        close();
        if (read.content().size() != read.of().size()) {
            throw read.item().wrong("is followed by " + read.content().size() + " bytes of content");
        }
        String sum = read.content().sum();
        if (!sum.equals(read.of().sha256())) {
            throw read.item().wrong("is followed by another content, whose SHA-256 is " + sum);
        }
        rows.put(read.of().blob(), read.row(now));
    }

    @Override
    public void close() {
        reading.ifPresent(open -> open.content().close());
        reading = Optional.empty();
    }

    /// The content of one blob: the items up to the next blob.
    private final class Pieces extends PieceStream {
        @Override
        boolean advance() throws IOException {
            if (item.isEmpty()) {
                item = dump.next();
            }
            if (item.filter(BlobItem::isPiece).isEmpty()) {
                return false;
            }
            byte[] piece = BlobItem.bytes(item.get());
            item = Optional.empty();
            goOn(piece, 0, piece.length);
            return true;
        }
    }
}
