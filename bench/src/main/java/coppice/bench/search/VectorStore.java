package coppice.bench.search;

import coppice.bench.peer.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A store of vectors under measurement that finds those near to another. One instance is one opened store, as
/// with [coppice.bench.peer.Peer]. Searches are by one thread.
public interface VectorStore extends AutoCloseable {
    /// The names of those that look at all vectors, in the order of the report.
    List<String> LOOKING = List.of(Peers.COPPICE, Peers.NUMPY, Peers.LOOP);

    /// The names of those that have graphs of vectors.
    List<String> WITH_GRAPHS = List.of(Peers.COPPICE, Peers.LUCENE);

    /// How many are wanted.
    int WANTED = 10;

    /// To how many vectors a search along a graph leads, of which the nearest are taken.
    int BREADTH = 100;

    /// How the nearest are found.
    enum Way {
        /// By a look at all in full.
        FULL,
        /// By a look at a byte for each number, and at some in full; where a store has no such, at all in full.
        BYTES,
        /// By a look at a bit for each number, and at some in full; where a store has no such, at all in full.
        BITS,
        /// Along a graph, with the documents of those that are found.
        GRAPH,
        /// The same, but only numbers of these where the store has such that take less to find out.
        GRAPH_ALONE
    }

    /// A store that is not open yet.
    static VectorStore named(String name) {
        return switch (name) {
            case Peers.COPPICE -> new CoppiceVectors();
            case Peers.LUCENE -> new LuceneVectors();
            case Peers.NUMPY -> new NumpyVectors();
            case Peers.LOOP -> new LoopVectors();
            default -> throw new IllegalArgumentException("no store of vectors is named " + name);
        };
    }

    /// How it is set up, in one line for the report.
    String settings();

    /// Opens the store in a directory that is empty.
    void open(Path directory, long cacheBytes) throws Exception;

    /// Loads the vectors of a cloud into an empty store by the fastest way it has, durable at the end where it
    /// keeps them, and notes the queries.
    void load(Cloud cloud) throws Exception;

    /// Makes what a search needs, as the first one would.
    void makeReady(Way way) throws Exception;

    /// The numbers of the vectors that are nearest to each query, the nearest first.
    int[][] nearest(Way way) throws Exception;

    /// Searches for one query after the other until the time is over.
    ///
    /// @return how many milliseconds a search took on average
    double millis(Way way, double seconds) throws Exception;

    @Override
    void close() throws IOException;
}
