package coppice.search;

import coppice.api.search.Similarity;
import coppice.api.search.TextOptions;
import coppice.search.graph.SegmentGraph;
import coppice.search.text.TextFollowing;
import coppice.structure.ground.Following;
import coppice.structure.search.GraphIndex;
import coppice.structure.search.SearchEngine;
import coppice.structure.search.TextIndex;
import coppice.vector.VectorChange;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/// Search by Lucene, for whoever has this module.
public final class LuceneSearchEngine implements SearchEngine {
    @Override
    public Following<? extends TextIndex> text(TextOptions options) {
        return new TextFollowing(options);
    }

    @Override
    public boolean hasGraphs(Similarity similarity) {
        return similarity != Similarity.MANHATTAN;
    }

    @Override
    public GraphIndex graph(Similarity similarity, Iterator<VectorChange> vectors) {
        return SegmentGraph.of(similarity, vectors);
    }

    @Override
    public Optional<GraphIndex> graph(Similarity similarity, Map<String, byte[]> parts) {
        return SegmentGraph.of(similarity, parts);
    }
}
