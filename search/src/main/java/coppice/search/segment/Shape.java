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

    /// What of a document is indexed. Names of fields are not [Segment#KEY].
    Iterable<? extends IndexableField> fields(byte[] document);
}
