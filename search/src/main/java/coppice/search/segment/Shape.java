package coppice.search.segment;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexableField;

/// What segments hold of documents.
public interface Shape {
    /// What parts texts into words.
    Analyzer analyzer();

    /// What of a document is indexed. Names of fields are not [Segment#KEY].
    Iterable<? extends IndexableField> fields(byte[] document);
}
