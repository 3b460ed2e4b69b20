package coppice.api.search;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A search by words and by a vector at once: the ranks that documents have in both are put together by
/// [Ranking#fuse]. Immutable: each method that says more gives another. Safe for use by many threads. Both
/// searches are answered from one state.
///
/// ```java
/// docs.hybrid("versioned storage", vector).weights(0.4, 0.6).hits()
/// ```
public interface HybridSearch<V> {
    /// How many documents are wanted, 10 unless said otherwise.
    ///
    /// @throws IllegalArgumentException when less than 1
    HybridSearch<V> topK(int documents);

    /// Only documents for which an expression is true, as [TextSearch#where] has it.
    HybridSearch<V> where(String expression, @Nullable Object... values);

    /// What the ranks by words and by the vector count, 1 each unless said otherwise.
    ///
    /// @throws IllegalArgumentException when one is negative or no number, or both are 0
    HybridSearch<V> weights(double text, double vector);

    /// By how many letters words may differ, as [TextSearch#fuzziness] has it.
    HybridSearch<V> fuzziness(int edits);

    /// How many documents of each search are ranked: the more, the less is missed that is middling in both. Five
    /// times as many as are wanted, and at least 100, unless said otherwise.
    ///
    /// @throws IllegalArgumentException when less than 1
    HybridSearch<V> depth(int documents);

    /// The best documents, the best first; of equally good ones that of the smaller id.
    List<Hit<V>> hits();

    /// The best document, if there is any.
    default Optional<Hit<V>> first() {
        return topK(1).hits().stream().findFirst();
    }
}
