package coppice.structure.search;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.search.Similarity;
import coppice.api.search.TextOptions;
import coppice.structure.ground.Following;
import coppice.vector.VectorChange;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// Makes indexes of the text of documents, and graphs of vectors along which those near to one are found without a
/// look at all. Found by [ServiceLoader], so that who needs neither needs no library for it. Safe for use by many
/// threads.
public interface SearchEngine {
    /// The index of text that follows from the rows of a collection: keys are ids, values are documents in JSON.
    ///
    /// @throws DatabaseException.Incorrect for options that it cannot follow, such as those of a language that it
    ///     does not know; it says what it knows
    Following<? extends TextIndex> text(TextOptions options);

    /// Whether there are graphs of vectors that are compared so.
    boolean hasGraphs(Similarity similarity);

    /// A graph of vectors. Costs many comparisons for each.
    ///
    /// @param vectors in ascending order of keys, each once
    GraphIndex graph(Similarity similarity, Iterator<VectorChange> vectors);

    /// A graph that was taken apart; nothing where a part is missing, or it is no longer known how.
    Optional<GraphIndex> graph(Similarity similarity, Map<String, byte[]> parts);

    /// The one that is there, if there is one.
    static Optional<SearchEngine> find() {
        return Found.ENGINE;
    }

    /// The one that is there.
    ///
    /// @param what cannot be done without it, as the beginning of a sentence
    /// @throws DatabaseException.Incorrect when there is none
    static SearchEngine require(String what) {
        return find().orElseThrow(() -> new DatabaseException.Incorrect(
                ErrorCode.NO_SEARCH,
                what + " here, as the module for it is missing: add dev.coppice:coppice-search to the class or module"
                        + " path"));
    }

    /// Looked for once.
    final class Found {
        private static final Optional<SearchEngine> ENGINE = ServiceLoader.load(
                        SearchEngine.class, SearchEngine.class.getClassLoader())
                .findFirst();

        private Found() {}
    }
}
