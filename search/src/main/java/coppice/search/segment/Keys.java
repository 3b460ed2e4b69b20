package coppice.search.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.BytesRef;

/// The keys of the documents of a segment. As they are sorted and differ, the number of a key is that of its
/// document. One is for one thread.
final class Keys {
    /// The field that has them.
    static final String FIELD = "key";

    private final SortedDocValues all;

    private Keys(SortedDocValues all) {
        this.all = all;
    }

    static Keys of(LeafReader reader) {
        try {
            return new Keys(DocValues.getSorted(reader, FIELD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The key of a document.
    byte[] of(int document) {
        try {
            BytesRef key = all.lookupOrd(document);
            return Arrays.copyOfRange(key.bytes, key.offset, key.offset + key.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The document of a key; negative for one that is not there.
    int document(byte[] key) {
        try {
            return all.lookupTerm(new BytesRef(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
