package coppice.structure.collection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.SpaceView;
import coppice.api.search.Hit;
import coppice.api.search.Scan;
import coppice.api.search.SearchPlan;
import coppice.api.search.SearchPlan.Method;
import coppice.api.search.Similarity;
import coppice.api.search.VectorSearch;
import coppice.structure.ground.Filter;
import coppice.structure.ground.ReadGround;
import coppice.structure.search.GraphIndex;
import coppice.structure.search.SearchEngine;
import coppice.vector.Neighbor;
import coppice.vector.Scanned;
import coppice.vector.VectorSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A search among the vectors of a collection.
final class NearestSearch<V> implements VectorSearch<V> {
    /// So many numbers take longer to look through than searches may: more are found along a graph.
    private static final long NUMBERS_MAX = 500_000_000;

    /// How many vectors a search along a graph keeps in view, unless told otherwise.
    private static final int BREADTH = 100;

    /// Where a condition leaves too few of those in view, so many times as many are looked at.
    private static final int BROADER = 4;

    /// Of those that are as near as the last one that is wanted, rounding may put so many behind it.
    private static final int SPARE = 2;

    private final SpaceDocumentsView<V> documents;
    private final Function<ReadGround, float[]> query;
    private final How how;

    /// What is asked for, and in which way it is found, as far as that was said.
    private record How(int wanted, Conditions conditions, Optional<Scan> scan, OptionalInt breadth) {}

    /// @param query makes the vector, by what is known in a state
    NearestSearch(SpaceDocumentsView<V> documents, Function<ReadGround, float[]> query) {
        this(documents, query, new How(Wanted.USUAL, Conditions.NONE, Optional.empty(), OptionalInt.empty()));
    }

    private NearestSearch(SpaceDocumentsView<V> documents, Function<ReadGround, float[]> query, How how) {
        this.documents = documents;
        this.query = query;
        this.how = how;
    }

    private NearestSearch<V> with(How next) {
        return new NearestSearch<>(documents, query, next);
    }

    @Override
    public NearestSearch<V> topK(int number) {
        return with(new How(Wanted.checked(number), how.conditions, how.scan, how.breadth));
    }

    @Override
    public VectorSearch<V> where(String expression, @Nullable Object... values) {
        return where(how.conditions.with(documents.query(), expression, values));
    }

    NearestSearch<V> where(Conditions all) {
        return with(new How(how.wanted, all, how.scan, how.breadth));
    }

    @Override
    public NearestSearch<V> scan(Scan form) {
        return with(new How(how.wanted, how.conditions, Optional.of(form), OptionalInt.empty()));
    }

    @Override
    public VectorSearch<V> approximate() {
        return approximate(BREADTH);
    }

    @Override
    public VectorSearch<V> approximate(int breadth) {
        if (breadth < 1) {
            throw new IllegalArgumentException("At least 1 vector is to be kept in view, not " + breadth);
        }
        return with(new How(how.wanted, how.conditions, Optional.empty(), OptionalInt.of(breadth)));
    }

    @Override
    public List<Hit<V>> hits() {
        return search().hits();
    }

    @Override
    public SearchPlan explain() {
        return search().plan();
    }

    private record Answer<V>(List<Hit<V>> hits, SearchPlan plan) {}

    private Answer<V> search() {
        ReadGround still = documents.ground().still();
        float[] vector = query.apply(still);
        long began = System.nanoTime();
        Vectors vectors = still.following(VectorRows.space(documents.name()), Vectors.FOLLOWING);
        Optional<VectorSet> set = vectors.set().filter(one -> one.size() > 0);
        check(vectors, vector);
        Looking looking = new Looking(still, vector);
        Optional<List<byte[]>> some = set.flatMap(looking::found);
        Optional<GraphIndex> graph = some.isPresent() ? Optional.empty() : set.flatMap(all -> graph(still, all));
        if (some.isEmpty() && graph.isEmpty()) {
            set.ifPresent(all -> all.prepare(how.scan.orElse(all.fastest())));
        }
        long prepared = System.nanoTime();
        List<Hit<V>> hits = set.map(all -> some.map(keys -> looking.among(all, keys))
                        .or(() -> graph.flatMap(one -> looking.along(one, all)))
                        .orElseGet(() -> looking.among(all)))
                .orElseGet(List::of);
        SearchPlan plan = new SearchPlan(
                looking.method,
                set.map(VectorSet::size).orElse(0),
                looking.compared,
                looking.reranked,
                looking.tested,
                vector.length,
                set.map(VectorSet::similarity).or(() -> documents.similarity).orElse(Similarity.COSINE),
                Duration.ofNanos(prepared - began),
                Duration.ofNanos(System.nanoTime() - prepared));
        return new Answer<>(hits, plan);
    }

    /// The graph along which vectors are found, where that was asked for, or they are too many for anything else.
    private Optional<GraphIndex> graph(ReadGround still, VectorSet set) {
        if (how.breadth.isPresent()
                && !SearchEngine.require("Vectors cannot be searched approximately")
                        .hasGraphs(set.similarity())) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.VALUE_MISFIT,
                            "There are no graphs of vectors that are compared by " + set.similarity()
                                    + ": leave approximate() out")
                    .with("structure", documents.name());
        }
        boolean isBest = how.scan.isEmpty() && (long) set.size() * set.dimension() > NUMBERS_MAX;
        return SearchEngine.find()
                .filter(engine -> (how.breadth.isPresent() || isBest) && engine.hasGraphs(set.similarity()))
                .map(one -> still.following(VectorRows.space(documents.name()), VectorGraph.following(one)))
                .flatMap(VectorGraph::index);
    }

    private void check(Vectors vectors, float[] vector) {
        if (!vectors.misfits().isEmpty()) {
            throw documents.isNone(
                    vectors.misfits().first(),
                    "its vector, and " + (vectors.misfits().size() - 1)
                            + " others, cannot be compared with the rest, as after a merge of collections that differ"
                            + " in dimension or in the function that makes vectors: index or drop these documents, or"
                            + " reembed() the collection");
        }
        vectors.set().ifPresent(set -> {
            SpaceDocuments.check(documents, set.similarity());
            VectorSet.misfit(set.similarity(), set.dimension(), vector).ifPresent(why -> {
                throw new DatabaseException.Incorrect(ErrorCode.VALUE_MISFIT, "The vector to search for " + why)
                        .with("structure", documents.name());
            });
        });
    }

    /// One search in one state.
    private final class Looking {
        private final float[] vector;
        private final SpaceView rows;
        private final Optional<Filter> filter;
        private Method method = Method.EXACT;
        private long compared;
        private long reranked;
        private long tested;

        Looking(ReadGround still, float[] vector) {
            this.vector = vector;
            this.rows = still.space(documents.name());
            this.filter = how.conditions.filter(still, documents.name());
        }

        /// The documents that meet the condition, where an index has found these and they are few.
        Optional<List<byte[]>> found(VectorSet set) {
            return filter.flatMap(one -> Conditions.few(one, set.size()));
        }

        List<Hit<V>> among(VectorSet set, List<byte[]> keys) {
            method = Method.EXACT_OF_FOUND;
            compared = keys.size();
            return hits(set.nearestOf(keys.iterator(), vector, how.wanted).stream());
        }

        List<Hit<V>> among(VectorSet set) {
            Scanned scanned = set.nearest(vector, how.wanted, how.scan.orElse(set.fastest()), this::counts);
            method = switch (scanned.scan()) {
                case FLOAT -> Method.EXACT;
                case INT8 -> Method.INT8;
                case BINARY -> Method.BINARY;
            };
            compared = set.size();
            reranked = scanned.scan() == Scan.FLOAT ? 0 : scanned.inFull();
            return hits(scanned.nearest().stream());
        }

        /// Along a graph; nothing where a condition leaves too few of those that it leads to.
        ///
        /// The graph's own measure differs from ours by rounding alone. So where no condition leaves some out,
        /// hardly more are compared in full than are wanted, and not all in view.
        Optional<List<Hit<V>>> along(GraphIndex graph, VectorSet set) {
            int breadth = Math.max(how.wanted, how.breadth.orElse(BREADTH));
            Optional<List<Hit<V>>> found =
                    filter.isPresent() ? Optional.empty() : along(graph, set, breadth, how.wanted + SPARE);
            while (found.isEmpty()) {
                found = along(graph, set, breadth, breadth);
                if (found.isEmpty() && (long) breadth * BROADER * BROADER > set.size()) {
                    return found;
                }
                breadth *= BROADER;
            }
            return found;
        }

        /// Nothing where too few of those count that are compared in full.
        ///
        /// @param most how many of those in view these are
        private Optional<List<Hit<V>>> along(GraphIndex graph, VectorSet set, int breadth, int most) {
            List<byte[]> near = graph.near(vector, breadth, Math.min(most, breadth));
            List<Hit<V>> found = hits(set.nearestOf(near.iterator(), vector, near.size()).stream()
                    .filter(one -> filter.isEmpty() || counts(one.key())));
            if (found.size() < how.wanted && near.size() < set.size()) {
                return Optional.empty();
            }
            method = Method.GRAPH;
            compared = Math.min(breadth, set.size());
            reranked = near.size();
            return Optional.of(found);
        }

        /// A vector may be left of a document that is no more, where both were changed on branches.
        private boolean counts(byte[] id) {
            if (filter.isEmpty()) {
                return rows.contains(id);
            }
            tested++;
            return rows.get(id)
                    .filter(document -> filter.get().holds(id, document))
                    .isPresent();
        }

        private List<Hit<V>> hits(Stream<Neighbor> nearest) {
            return nearest.flatMap(one -> hit(one).stream()).limit(how.wanted).toList();
        }

        private Optional<Hit<V>> hit(Neighbor neighbor) {
            String id = new String(neighbor.key(), UTF_8);
            return rows.get(neighbor.key())
                    .flatMap(stored -> documents.decode(id, stored))
                    .map(value -> new Hit<>(id, value, neighbor.score()));
        }
    }
}
