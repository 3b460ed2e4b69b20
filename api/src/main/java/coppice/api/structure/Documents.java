package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import coppice.api.feed.FeedStart;
import coppice.api.progress.BackgroundWork;
import coppice.api.progress.Progress;
import coppice.api.search.Embedding;
import coppice.api.search.Similarity;
import coppice.api.search.TextOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A collection of documents by id, which are found by what is in them and by the vectors that they are indexed
/// with. It branches, merges and travels in time with its branch: a search is answered from the documents of the
/// branch or version that it is asked on. Its rows are those of the space of its name, documents in JSON, so
/// types, projections and queries hold for them, and merges go by field; vectors and edges between documents lie
/// beside them.
///
/// ```java
/// var docs = db.collection("articles", Article.class);
/// docs.index(article, embedding);
/// docs.search(vector).topK(10).where("year >= 2020").hits();
/// ```
///
/// All vectors of a collection have the dimension of the first one, and are compared by one [Similarity].
///
/// Safe for use by many threads; holds no state of its own. Got from a branch, each call takes effect as a
/// transaction of its own, one after the other without conflicts, acknowledged as
/// [coppice.api.Options#durability()] says. Got from a transaction, calls take effect with it.
///
/// A document or vector that cannot be stored is refused with [coppice.api.DatabaseException.Incorrect], as is one
/// that does not fit the types of the branch; nothing is written then.
@AsyncTwin
public interface Documents<V> extends DocumentsView<V> {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own.
    default AsyncDocuments<V> async() {
        return new AsyncDocuments<>(this);
    }

    /// A lock of its name, for those who agree to ask for it; see [Dict#lock()].
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    @Immediate
    NamedLock lock();

    /// The same, whose vectors are compared by a similarity, [Similarity#COSINE] unless said otherwise. The first
    /// vector that is indexed decides for all; where that was another one, vectors and searches are refused.
    @Immediate
    Documents<V> with(Similarity similarity);

    /// The same, where documents that are indexed without a vector get the one that a function makes of their
    /// text, and texts are searched for. The function is called before anything is written, in batches; nothing is
    /// held meanwhile. A document whose text is what its vector was made of is not embedded again.
    ///
    /// Which function it was is stored with the first vector, on the branch. One of another name or version is
    /// refused from then on, until [#reembed] has been called with it. Whoever indexes without a function leaves a
    /// document without a vector. [#indexAll] makes steps of 1,024 documents where it is not said how many, so
    /// that what was embedded stays. Within a transaction the function is called within it, each time it begins
    /// again.
    ///
    /// ```java
    /// var docs = db.collection("articles", Article.class)
    ///         .embedWith(Embedding.of("all-minilm-l6", "1", Article::text, model::embed));
    /// docs.index(article);
    /// docs.search("how trees are balanced").hits();
    /// ```
    @Override
    @Immediate
    Documents<V> embedWith(Embedding<V> embedding);

    /// Has the vectors of all documents made by the function of [#embedWith], save those that it made of the same
    /// text already: of another version, of documents that have none, and of those that were indexed with another.
    /// [#reembedInBackground] does it in the background.
    ///
    /// As long as vectors of another function are there, searches are answered from them. The new ones are put
    /// beside them, in batches that stay when it ends early: called again, it goes on from there. In the end they
    /// take the place of the others by one move, and their dimension may be another one. Costs a read of all
    /// documents, and bounded memory.
    ///
    /// @param progress is told the documents that were looked at
    /// @return for how many documents a vector was made
    /// @throws IllegalStateException when no function was said with [#embedWith]
    long reembed(Progress progress);

    /// As [#reembed], in the background: returns at once, and whoever asks again for the same function gets the
    /// work that is at it. Call it where a program opens the collection, so that vectors are made anew after each
    /// change of version, and go on after a restart; it costs a read of all documents where there is nothing to
    /// do.
    ///
    /// Until it is done, searches and writes by the earlier function go on, and those by the new one are refused:
    /// vectors of two functions never are in one answer. Work of one collection for another function is given up.
    ///
    /// ```java
    /// BackgroundWork work = docs.embedWith(better).reembedInBackground();
    /// work.status().done();
    /// work.outcome().thenAccept(count -> log(count + " made anew"));
    /// ```
    ///
    /// @throws IllegalStateException when no function was said with [#embedWith]
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    @Immediate
    BackgroundWork reembedInBackground();

    /// Says how texts are searched from here on, on this branch and where it is merged to. Nothing is indexed anew
    /// until somebody searches.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect for a language that is not known, or where there is no
    ///     module for text
    void configure(TextOptions options);

    /// Puts a document under the id that it has in its member `id`, in place of one that is there, which loses its
    /// vector.
    ///
    /// @return its id
    /// @throws coppice.api.DatabaseException.Incorrect when it has no member `id` that is text
    String index(V document);

    /// As [#index(Object)], with the vector by which it is found.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when the vector has another dimension than those that are
    ///     there, or numbers that cannot be compared
    String index(V document, float[] vector);

    /// As [#index(Object)], under an id that the document need not have.
    void index(String id, V document);

    /// As [#index(Object, float[])], under an id that the document need not have.
    void index(String id, V document, float[] vector);

    /// Indexes many documents, more than fit into memory or a transaction: each as [#index] does, of two with one
    /// id the later one counts. Costs O(n), and a few 10 MiB however many they are; least when ids ascend.
    ///
    /// [IndexOptions#atOnce] writes them beside what is there while others go on reading and writing, checks what
    /// types and unique indexes say of all of them, and shows all by one move, kept on disk. A document that
    /// somebody else changed meanwhile is what was given here; where somebody else indexed vectors meanwhile that
    /// are compared in another way, such as the first ones, of another dimension, nothing is indexed.
    /// [IndexOptions#inSteps] makes each step as a transaction of its own, of at most
    /// [coppice.api.Limits#TRANSACTION_BYTES_MAX]: what it has done stays when it fails. Within a transaction, all
    /// of them are a part of that.
    ///
    /// @param documents read once, in their order, on the thread of the caller, who closes it
    /// @return how many were indexed
    /// @throws coppice.api.DatabaseException.Incorrect at the first one that is refused, which it names
    long indexAll(Stream<? extends Indexable<? extends V>> documents, IndexOptions how);

    /// Makes an edge of weight 1 and without data from a document to another one, or to itself; one that is there
    /// gets these. There is one for each label. It stays when a document is indexed anew, and goes with either of
    /// them. When branches are merged of which one dropped a document and one made an edge of it, the edge is not
    /// seen until the document is there again.
    ///
    /// @param from the id of a document, which is that of a node; see [Edge]
    /// @param label of what kind it is, such as `cites`
    /// @throws coppice.api.DatabaseException.NotFound when one of the documents is not there
    void connect(String from, String label, String to);

    /// Makes an edge with weight and data, which is JSON; see [#connect(String, String, String)].
    ///
    /// ```java
    /// docs.connect(Edge.of("a1", "cites", "a2").withData(Map.of("page", 7)))
    /// ```
    void connect(Edge<Object> edge);

    /// Removes an edge.
    ///
    /// @return whether it was there
    boolean disconnect(String from, String label, String to);

    /// Removes a document with its vector and its edges.
    ///
    /// @return whether it was there
    boolean drop(String id);

    /// Removes everything, as one step: also what decided about vectors. Costs O(n) and the memory of the ids.
    void clear();

    /// Does several things as one step: all of them take effect, or when the body throws, none. What the body does
    /// with the collection that it is given it sees at once, others see it at the end.
    ///
    /// @param body must do nothing but work on the collection, as it may be called again
    void batched(Consumer<Documents<V>> body);

    /// Reads what [#dump] writes, as one step: all of it or nothing. Of two items for one id the later one counts.
    /// Edges are added to those that are there. Costs the memory of all of it.
    ///
    /// How texts are searched is as the dump says, from then on; where it does not say it, it stays, also when all
    /// is replaced. Vectors are compared as was said by [#with]. Where nothing was, they have to be compared in
    /// the same way where there are some; where all is replaced, it is as the dump says, or else as it was.
    ///
    /// @return how many documents were put
    /// @throws IOException when the stream fails
    /// @throws coppice.api.DatabaseException.Incorrect at the first item that is none or does not fit the type of
    ///     the documents, which it names; and where vectors cannot be compared with those that are there
    long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException;

    /// Follows what happens to the documents from here, or an earlier place, on.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction, and as [coppice.api.Branch#watch]
    StructureFeed<DocumentChange<V>> watch(FeedStart from);

    /// Has a callback told of what happens from here on; see [Dict#on].
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    Listening on(Consumer<? super DocumentChange<V>> callback);
}
