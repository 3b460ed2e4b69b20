package coppice.structure.blob;

import coppice.api.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The parts of a content as rows. A second thread works on it as soon as it is long. Throws
/// [UncheckedIOException] when it cannot be read.
final class Parts implements Iterator<Entry> {
    private final String blob;
    private final String id;
    private final Content content;
    private Optional<byte[]> next = Optional.empty();

    Parts(String blob, String id, Content content) {
        this.blob = blob;
        this.id = id;
        this.content = content;
    }

    @Override
    public boolean hasNext() {
        try {
            if (next.isEmpty()) {
                if (content.size() >= Uploads.SHORT_BYTES) {
                    content.workAhead();
                }
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
