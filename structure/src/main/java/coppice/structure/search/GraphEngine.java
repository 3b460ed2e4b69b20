package coppice.structure.text;

import coppice.api.search.Similarity;
import coppice.vector.VectorChange;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// Makes graphs of vectors along which those near to one are found without a look at all. Found by
/// [ServiceLoader]. Safe for use by many threads.
public interface GraphEngine {
    /// Whether vectors can be compared so.
    boolean knows(Similarity similarity);

    /// A graph of vectors. Costs many comparisons for each.
    ///
    /// @param vectors in ascending order of keys, each once
    GraphIndex of(Similarity similarity, Iterator<VectorChange> vectors);

    /// A graph that was taken apart; nothing where a part is missing, or it is no longer known how.
    Optional<GraphIndex> of(Similarity similarity, Map<String, byte[]> parts);

    /// The one that is there.
    static Optional<GraphEngine> found() {
        return Found.ENGINE;
    }

    /// Looked for once.
    final class Found {
        private static final Optional<GraphEngine> ENGINE = ServiceLoader.load(
                        GraphEngine.class, GraphEngine.class.getClassLoader())
                .findFirst();

        private Found() {}
    }
}
