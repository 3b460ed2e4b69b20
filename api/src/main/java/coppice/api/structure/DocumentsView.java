package coppice.api.structure;

import coppice.api.async.Immediate;
import coppice.api.query.Query;
import coppice.api.search.CollectionVectors;
import coppice.api.search.Embedding;
import coppice.api.search.EmbeddingId;
import coppice.api.search.Hit;
import coppice.api.search.HybridSearch;
import coppice.api.search.Ranking;
import coppice.api.search.TextOptions;
import coppice.api.search.TextSearch;
import coppice.api.search.VectorSearch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A collection of documents, to read. Ids are text of 1 to 4,000 bytes of UTF-8.
///
/// Every read may fail with [coppice.api.DatabaseException.Incorrect] when what is stored does not fit the type of
/// the documents, which it names with the id and the place.
public interface DocumentsView<V> {
    /// Its name.
    @Immediate
    String name();

    /// A document; nothing when it is not there. Costs O(log n).
    Optional<V> get(String id);

    /// Those of some documents that are there, in the order asked for, all as of one moment.
    Map<String, V> getAll(Collection<String> ids);

    /// Whether a document is there.
    boolean contains(String id);

    /// The vector that a document was indexed with; nothing when it has none. Its own array.
    Optional<float[]> vector(String id);

    /// The number of documents. Costs O(log n), and what was written lately once for each state.
    long count();

    /// Documents in the order of their ids, as of one moment, read lazily. Close the stream when it is not read to
    /// its end.
    Stream<Document<V>> documents(Keys which);

    /// All documents; see [#documents(Keys)].
    default Stream<Document<V>> documents() {
        return documents(Keys.all());
    }

    /// Asks for documents by what is in them: their keys are the ids.
    @Immediate
    Query query();

    /// Searches for the documents whose vectors are nearest to one.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when it is asked, where the vector has another dimension
    ///     than those of the collection, or numbers that cannot be compared
    @Immediate
    VectorSearch<V> search(float[] vector);

    /// The vectors as a whole.
    @Immediate
    CollectionVectors<V> vectors();

    /// The edges between documents as of this moment, as a graph whose nodes are their ids: their data, the
    /// shortest ways, ranks, and whatever else graphs are asked for. It stays as it is; of a transaction it has
    /// what that writes later.
    GraphView<Object> edges();

    /// The documents that edges lead to from one; see [#neighbors(String, Reach)].
    default Stream<Document<V>> neighbors(String id) {
        return neighbors(id, Reach.out());
    }

    /// The documents at the other ends of edges of one, each of them once, as of one moment, read lazily. Close
    /// the stream when it is not read to its end.
    ///
    /// ```java
    /// docs.neighbors("a1", Reach.in().along("cites"))
    /// ```
    ///
    /// @param reach which edges; how far does not count
    default Stream<Document<V>> neighbors(String id, Reach reach) {
        return walk(id, reach.within(1)).filter(one -> one.hops() > 0).map(Reached::document);
    }

    /// The documents that can be come to from one, those of fewer edges first, beginning with the document itself;
    /// as [GraphView#walk]. None when it is not there.
    Stream<Reached<V>> walk(String from, Reach reach);

    /// The same, where texts that are searched for are made into vectors by a function.
    @Immediate
    DocumentsView<V> embedWith(Embedding<V> embedding);

    /// Which function made the vectors, where one made any.
    Optional<EmbeddingId> embedding();

    /// Searches for the documents whose vectors are nearest to that of a text, as [#search(float[])]. The function
    /// is called each time it is asked for hits.
    ///
    /// @throws IllegalStateException when no function was said with [#embedWith]
    /// @throws coppice.api.DatabaseException.Incorrect when it is asked, where another function made the vectors,
    ///     or the text is blank
    @Immediate
    VectorSearch<V> search(String text);
    /// Searches for documents by words, typed as a person types them; see [TextSearch].
    @Immediate
    TextSearch<V> match(String text);

    /// Searches by words and by a vector at once; see [HybridSearch].
    @Immediate
    HybridSearch<V> hybrid(String text, float[] vector);

    /// Puts lists of hits together by the ranks that documents have in each; see [Ranking#fuse].
    ///
    /// @throws IllegalArgumentException as [Ranking#fuse] does
    @Immediate
    default List<Hit<V>> rerank(List<List<Hit<V>>> lists, double... weights) {
        return Ranking.fuse(lists, weights);
    }

    /// Words of the documents that begin as the last word of a text does, for who is typing it: those of most
    /// documents first, of equally many the smaller ones. Costs looking at all words that begin so.
    ///
    /// @throws IllegalArgumentException when less than one is asked for
    /// @throws coppice.api.DatabaseException.Incorrect where there is no module for text
    List<String> suggest(String text, int most);

    /// How texts are searched; [TextOptions#standard()] unless it was said.
    TextOptions textOptions();

    /// Writes all that is in the collection as text, as of one moment. Items are objects. The first one has the
    /// member `settings`, where something was said of all: `vectors` with their `dimension`, `similarity` and what
    /// makes them, and `text` with the options of [Documents#configure]. Each other one is a document, with `id`,
    /// `value` and, where there are some, `vector`, with what made it, and `edges`: those that lead from it, with
    /// `label`, `to`, `weight` and `data`. Left out are vectors of a [Documents#reembed] that has not come to its
    /// end. The stream is flushed and stays open. Costs a read of the collection, and the memory of one document.
    ///
    /// @return how many documents
    /// @throws IOException when the stream fails
    long dump(OutputStream out, DumpFormat format) throws IOException;
}
