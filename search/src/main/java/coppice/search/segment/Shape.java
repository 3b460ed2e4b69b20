package coppice.search.segment;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.index.IndexableField;

/// What segments hold of documents.
public interface Shape {
    /// What parts texts into words.
    Analyzer analyzer();

    /// How segments are written; each is read as it was written.
    default Codec codec() {
        return Codec.getDefault();
    }

    /// How much of documents is gathered in memory before it becomes a segment.
    default double bufferMebibytes() {
        return 32;
    }

    /// Segments that take more bytes are not put together with others. As at most eight are put together at a
    /// time, none gets larger than the parts may be that are kept of it, which is 2 GiB.
    default long mergedBytesMax() {
        return 128 << 20;
    }

    /// What of a document is indexed. Names of fields are not [Keys#FIELD].
    Iterable<? extends IndexableField> fields(byte[] document);
}
