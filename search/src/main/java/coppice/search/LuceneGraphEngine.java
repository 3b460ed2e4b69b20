package coppice.search;

import coppice.api.search.Similarity;
import coppice.search.graph.SegmentGraph;
import coppice.structure.text.GraphEngine;
import coppice.structure.text.GraphIndex;
import coppice.vector.VectorChange;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/// Graphs of vectors by Lucene, for whoever has this module.
public final class LuceneGraphEngine implements GraphEngine {
    @Override
    public boolean knows(Similarity similarity) {
        return similarity != Similarity.MANHATTAN;
    }

    @Override
    public GraphIndex of(Similarity similarity, Iterator<VectorChange> vectors) {
        return SegmentGraph.of(similarity, vectors);
    }

    @Override
    public Optional<GraphIndex> of(Similarity similarity, Map<String, byte[]> parts) {
        return SegmentGraph.of(similarity, parts);
    }
}
