package coppice.api.search;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A search for the documents whose vectors are nearest to one. Immutable: each method that says more gives
/// another. Safe for use by many threads. It is answered from what is there when it is asked: on a branch the
/// state then, within a transaction what that sees, of a version what it has.
///
/// ```java
/// docs.search(vector).topK(5).where("year >= ?", 2020).hits()
/// ```
@AsyncTwin
public interface VectorSearch<V> {
    /// The same with futures in place of results, for what is asked last: `search(vector).topK(5).async().hits()`.
    /// Costs nothing; each call on it is made on a virtual thread of its own.
    default AsyncVectorSearch<V> async() {
        return new AsyncVectorSearch<>(this);
    }

    /// How many documents are wanted, 10 unless said otherwise.
    ///
    /// @throws IllegalArgumentException when less than 1
    @Immediate
    VectorSearch<V> topK(int documents);

    /// Only documents for which an expression is true; of several, all must be. The condition is a part of the
    /// search: as many documents are found as are wanted, if there are so many.
    ///
    /// @param values of its parameters, as [coppice.api.query.Query#where] has them
    /// @throws coppice.api.DatabaseException.Incorrect as [coppice.api.query.Query#where] does
    @Immediate
    VectorSearch<V> where(String expression, @Nullable Object... values);

    /// In which form vectors are looked at. Unless said otherwise the answer is the right one: by [Scan#INT8]
    /// where there are a million numbers or more, in vectors of 32 or more, and by [Scan#FLOAT] otherwise.
    VectorSearch<V> scan(Scan form);

    /// Looks at some of the vectors only, to which a graph of near ones leads (HNSW), with 100 in view; the answer
    /// may lack some of the nearest: see [CollectionVectors#recall]. Those that it leads to are compared in full.
    ///
    /// So are collections of more than 500 million numbers searched of which nothing is said, such as 1.3 million
    /// vectors of 384 dimensions; [#scan] has all looked at. The plan says which it was. The graph is made when a
    /// search first wants it, which takes long, and kept with the database; from then on it follows what changes.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when it is asked, where there is no module for it, or
    ///     vectors are compared by [Similarity#MANHATTAN]
    VectorSearch<V> approximate();

    /// As [#approximate()], with so many in view: the more, the less is missed, and the longer it takes.
    ///
    /// @throws IllegalArgumentException when less than 1
    VectorSearch<V> approximate(int breadth);

    /// The nearest documents, the nearest first; of equally near ones that of the smaller id.
    ///
    /// Costs looking at all vectors, about what reading these from memory costs: 4 bytes a dimension, or as many
    /// as their form has, see [#scan]. The first search of a state costs what differs in vectors from a state that
    /// was searched of late, or reading all of them.
    List<Hit<V>> hits();

    /// The nearest document, if there is any.
    default Optional<Hit<V>> first() {
        return topK(1).hits().stream().findFirst();
    }

    /// Searches, and says how.
    SearchPlan explain();
}
