package coppice.api.structure;

import coppice.api.query.Query;
import coppice.api.search.VectorSearch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
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

    /// Writes all documents as text, as of one moment: items are objects with `id`, `value` and, where there is
    /// one, `vector`. The stream is flushed and stays open. Costs a read of the collection, and the memory of one
    /// document.
    ///
    /// @return how many documents
    /// @throws IOException when the stream fails
    long dump(OutputStream out, DumpFormat format) throws IOException;
}
