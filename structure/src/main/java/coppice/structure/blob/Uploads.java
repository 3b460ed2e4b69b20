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
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// Stores contents of blobs. Short ones are written with the rows of the blobs; of long ones the parts are written
/// before, as a whole, with notes that the rows are to come.
final class Uploads {
    /// How much is written with the rows, at most.
    static final int SHORT_BYTES = 8 << 20;

    private final String space;
    private final Ground ground;
    private final Map<String, String> blobs = new LinkedHashMap<>(); // by the ids of their contents
    private final Queue<Entry> parts = new ArrayDeque<>(); // that are not written yet
    private boolean isAhead; // parts are written before the rows

    Uploads(String blobs, Ground ground) {
        this.space = BlobKeys.space(blobs);
        this.ground = ground;
    }

    /// Begins to store a content.
    ///
    /// @return its id
    String begin(String blob) {
        BlobKeys.row(blob);
        String id = ground.stamp();
        blobs.put(id, blob);
        return id;
    }

    /// Reads all parts, and stores them unless they are short together. To be called once.
    ///
    /// @param all may throw [UncheckedIOException]
    /// @throws IOException what they threw
    void store(Iterator<Entry> all) throws IOException {
        try {
            long bytes = 0;
            while (bytes < SHORT_BYTES && all.hasNext()) {
                Entry part = all.next();
                bytes += part.value().length;
                parts.add(part);
            }
            if (all.hasNext()) {
                isAhead = true;
                ground.fill("blob", new Filled(all));
            }
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    /// Parts, and then the notes.
    private final class Filled implements Iterator<SpaceRow> {
        private final Iterator<Entry> all;
        private Iterator<String> ids = List.<String>of().iterator();
        private boolean isAtNotes;

        Filled(Iterator<Entry> all) {
            this.all = all;
        }

        @Override
        public boolean hasNext() {
            if (!isAtNotes && parts.isEmpty() && !all.hasNext()) {
                isAtNotes = true;
                ids = blobs.keySet().iterator();
            }
            return !isAtNotes || ids.hasNext();
        }

        @Override
        public SpaceRow next() {
            if (hasNext() && !isAtNotes) {
                Entry part = parts.isEmpty() ? all.next() : parts.remove();
                return new SpaceRow(space, part.key(), part.value());
            }
            String id = ids.next();
            return new SpaceRow(
                    space, BlobKeys.upload(id), blobs.getOrDefault(id, "").getBytes(UTF_8));
        }
    }

    /// Whether all that was written before is there: somebody may have removed it since.
    boolean isThere(Transaction transaction) {
        Space beside = transaction.space(space);
        return !isAhead || blobs.keySet().stream().allMatch(id -> beside.contains(BlobKeys.upload(id)));
    }

    /// Writes what is not written yet; the rows follow.
    void write(Transaction transaction) {
        Space beside = transaction.space(space);
        parts.forEach(row -> beside.put(row.key(), row.value()));
        blobs.keySet().forEach(id -> beside.delete(BlobKeys.upload(id)));
    }

    /// Removes what was stored.
    void takeBack() {
        if (isAhead) {
            ground.update(transaction -> {
                blobs.forEach((id, blob) -> takeBack(transaction.space(space), blob, id));
                return true;
            });
        }
    }

    /// Removes what was stored of a content.
    static void takeBack(Space beside, String blob, String id) {
        List<byte[]> keys = new ArrayList<>();
        try (Cursor cursor = beside.scan(BlobKeys.content(blob, id, 0))) {
            while (cursor.next()) {
                keys.add(cursor.key());
            }
        }
        keys.forEach(beside::delete);
        beside.delete(BlobKeys.upload(id));
    }

    /// Removes parts, but those of one content, and of those that are being stored.
    static void forget(Space beside, Range range, String except) {
        List<byte[]> keys = new ArrayList<>();
        try (Cursor cursor = beside.scan(range)) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                String id = BlobKeys.id(key);
                if (!id.equals(except) && !beside.contains(BlobKeys.upload(id))) {
                    keys.add(key);
                }
            }
        }
        keys.forEach(beside::delete);
    }
}
