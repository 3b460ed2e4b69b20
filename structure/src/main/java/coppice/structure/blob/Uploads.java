package coppice.structure.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Cursor;
import coppice.api.Entry;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.Transaction;
import coppice.structure.ground.Ground;
import coppice.structure.ground.SpaceRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;

/// Stores the content of a blob. A short one is written with the blob's row; of a long one the parts are written
/// before, with a note that the row is to come.
final class Uploads {
    /// How much is written with the row, at most.
    private static final int SHORT_BYTES = 8 << 20;

    private final String blobs;
    private final String blob;
    private final String id;

    Uploads(String blobs, String blob, String id) {
        this.blobs = blobs;
        this.blob = blob;
        this.id = id;
    }

    /// What the content is called.
    String id() {
        return id;
    }

    /// What is known of a content.
    ///
    /// @param rest the parts that are not written yet
    record Stored(long size, String sha256, Queue<Entry> rest) {}

    /// Reads a content to its end, and stores it unless it is short.
    Stored store(InputStream in, Ground ground) throws IOException {
        try (Content content = new Content(in)) {
            Parts parts = new Parts(content);
            Queue<Entry> gathered = new ArrayDeque<>();
            while (content.size() < SHORT_BYTES && parts.hasNext()) {
                gathered.add(parts.next());
            }
            if (parts.hasNext()) {
                content.workAhead();
                fill(ground, gathered, parts);
            }
            return new Stored(content.size(), content.sum(), gathered);
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private void fill(Ground ground, Queue<Entry> first, Parts parts) {
        String space = BlobKeys.space(blobs);
        ground.fill("blob", new Iterator<>() {
            private boolean isNoted;

            @Override
            public boolean hasNext() {
                return !isNoted;
            }

            @Override
            public SpaceRow next() {
                Entry part = first.poll();
                if (part == null && parts.hasNext()) {
                    part = parts.next();
                }
                isNoted = part == null;
                return part == null
                        ? new SpaceRow(space, BlobKeys.upload(id), blob.getBytes(UTF_8))
                        : new SpaceRow(space, part.key(), part.value());
            }
        });
    }

    /// The parts of a content, as rows.
    private final class Parts implements Iterator<Entry> {
        private final Content content;
        private Optional<byte[]> next = Optional.empty();

        Parts(Content content) {
            this.content = content;
        }

        @Override
        public boolean hasNext() {
            try {
                if (next.isEmpty()) {
                    next = content.next();
                }
                return next.isPresent();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            byte[] part = next.orElseThrow();
            next = Optional.empty();
            return new Entry(BlobKeys.part(blob, id, content.size() - part.length), part);
        }
    }

    /// Writes what is not written yet; the row follows.
    void write(Transaction transaction, Stored stored) {
        Space beside = transaction.space(BlobKeys.space(blobs));
        stored.rest().forEach(row -> beside.put(row.key(), row.value()));
        beside.delete(BlobKeys.upload(id));
    }

    /// Removes what was stored.
    void takeBack(Transaction transaction) {
        Space beside = transaction.space(BlobKeys.space(blobs));
        delete(beside, BlobKeys.content(blob, id, 0));
        beside.delete(BlobKeys.upload(id));
    }

    private static void delete(Space beside, Range range) {
        List<byte[]> keys = new ArrayList<>();
        try (Cursor cursor = beside.scan(range)) {
            while (cursor.next()) {
                keys.add(cursor.key());
            }
        }
        keys.forEach(beside::delete);
    }
}
