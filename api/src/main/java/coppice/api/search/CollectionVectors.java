package coppice.api.search;

import java.util.function.UnaryOperator;

/// The vectors of a collection as a whole. Safe for use by many threads; answers from what is there when it is
/// asked, as searches do.
public interface CollectionVectors<V> {
    /// Measures what a way to search finds of the nearest documents. Searches for the vectors of some documents,
    /// in that way and by [Scan#FLOAT], and compares the answers; the document whose vector it is does not count.
    /// It is how to see whether [Scan#BINARY] is good enough for the vectors of a collection.
    ///
    /// ```java
    /// docs.vectors().recall(100, search -> search.topK(10).scan(Scan.BINARY)).share()
    /// ```
    ///
    /// @param sample how many documents, spread over all, or all where there are less; at least 1
    /// @param how says the rest of a search, at least 2 documents
    /// @throws IllegalArgumentException when the sample is less than 1
    Recall recall(int sample, UnaryOperator<VectorSearch<V>> how);

    /// As [#recall(int, UnaryOperator)], of searches of which nothing more is said.
    default Recall recall(int sample) {
        return recall(sample, search -> search);
    }
}
