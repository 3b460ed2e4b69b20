package coppice.search.graph;

import coppice.api.Entry;
import coppice.api.search.Similarity;
import coppice.search.segment.Search;
import coppice.search.segment.Segments;
import coppice.structure.ground.Following.Differing;
import coppice.structure.search.GraphIndex;
import coppice.vector.VectorChange;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.lucene.search.KnnFloatVectorQuery;

/// A graph of vectors for each of some segments, which states share: hierarchical navigable small worlds (Malkov
/// and Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical Navigable Small
/// World graphs", 2018), as Lucene has them, with 16 neighbours for each vector, found with 100 in view.
public final class SegmentGraph implements GraphIndex {
    private final VectorShape shape;
    private final Segments all;

    private SegmentGraph(VectorShape shape, Segments all) {
        this.shape = shape;
        this.all = all;
    }

    /// A graph of vectors.
    ///
    /// @param vectors in ascending order of keys
    public static GraphIndex of(Similarity similarity, Iterator<VectorChange> vectors) {
        VectorShape shape = new VectorShape(similarity);
        return new SegmentGraph(shape, Segments.of(shape, new Entries(vectors)));
    }

    /// A graph that was taken apart, if it can be put together.
    public static Optional<GraphIndex> of(Similarity similarity, Map<String, byte[]> parts) {
        VectorShape shape = new VectorShape(similarity);
        return Segments.of(shape, parts).map(all -> new SegmentGraph(shape, all));
    }

    private static byte[] encoded(VectorChange change) {
        float[] vector = change.vector();
        if (vector == null) {
            throw new IllegalArgumentException("A graph is made of vectors that are there");
        }
        return VectorShape.encode(vector);
    }

    private record Entries(Iterator<VectorChange> vectors) implements Iterator<Entry> {
        @Override
        public boolean hasNext() {
            return vectors.hasNext();
        }

        @Override
        public Entry next() {
            VectorChange next = vectors.next();
            return new Entry(next.key(), encoded(next));
        }
    }

    @Override
    public GraphIndex with(List<VectorChange> changes) {
        List<Differing> rows = changes.stream()
                .map(change -> new Differing(change.key(), change.vector() == null ? null : encoded(change)))
                .toList();
        return new SegmentGraph(shape, all.with(rows));
    }

    @Override
    public List<byte[]> near(float[] query, int breadth, int most) {
        int inView = Math.max(1, Math.min(breadth, all.size()));
        return new Search(all, new KnnFloatVectorQuery(VectorShape.FIELD, shape.comparable(query), inView))
                .best(most).stream().map(Search.Scored::key).toList();
    }

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public long bytes() {
        return all.bytes();
    }

    @Override
    public Map<String, Supplier<byte[]>> parts() {
        return all.parts();
    }
}
