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
import coppice.vector.Neighbor;
import coppice.vector.Scanned;
import coppice.vector.VectorSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A search among the vectors of a collection.
final class NearestSearch<V> implements VectorSearch<V> {
    private static final int WANTED = 10;

    /// Where a condition leaves less than one in so many, those that an index finds are compared one by one.
    private static final int FEW = 20;

    private final SpaceDocumentsView<V> documents;
    private final Function<ReadGround, float[]> query;
    private final int wanted;
    private final Conditions conditions;
    private final Optional<Scan> scan;

    /// @param query makes the vector, by what is known in a state
    NearestSearch(SpaceDocumentsView<V> documents, Function<ReadGround, float[]> query) {
        this(documents, query, WANTED, Conditions.NONE, Optional.empty());
    }

    private NearestSearch(
            SpaceDocumentsView<V> documents,
            Function<ReadGround, float[]> query,
            int wanted,
            Conditions conditions,
            Optional<Scan> scan) {
        this.documents = documents;
        this.query = query;
        this.wanted = wanted;
        this.conditions = conditions;
        this.scan = scan;
    }

    @Override
    public NearestSearch<V> topK(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("At least 1 document is to be found, not " + number);
        }
        return new NearestSearch<>(documents, query, number, conditions, scan);
    }

    @Override
    public VectorSearch<V> where(String expression, @Nullable Object... values) {
        return where(conditions.with(documents.query(), expression, values));
    }

    NearestSearch<V> where(Conditions all) {
        return new NearestSearch<>(documents, query, wanted, all, scan);
    }

    @Override
    public NearestSearch<V> scan(Scan form) {
        return new NearestSearch<>(documents, query, wanted, conditions, Optional.of(form));
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
        if (some.isEmpty()) {
            set.ifPresent(all -> all.prepare(scan.orElse(all.fastest())));
        }
        long prepared = System.nanoTime();
        List<Neighbor> nearest = set.map(
                        all -> some.map(keys -> looking.among(all, keys)).orElseGet(() -> looking.among(all)))
                .orElseGet(List::of);
        List<Hit<V>> hits =
                nearest.stream().flatMap(one -> looking.hit(one).stream()).toList();
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
            this.filter = conditions.filter(still, documents.name());
        }

        /// The documents that meet the condition, where an index has found these and they are few.
        Optional<List<byte[]>> found(VectorSet set) {
            return filter.flatMap(one -> one.found(set.size() / FEW));
        }

        List<Neighbor> among(VectorSet set, List<byte[]> keys) {
            method = Method.EXACT_OF_FOUND;
            compared = keys.size();
            return set.nearestOf(keys.iterator(), vector, wanted);
        }

        List<Neighbor> among(VectorSet set) {
            Scanned scanned = set.nearest(vector, wanted, scan.orElse(set.fastest()), this::counts);
            method = switch (scanned.scan()) {
                case FLOAT -> Method.EXACT;
                case INT8 -> Method.INT8;
                case BINARY -> Method.BINARY;
            };
            compared = set.size();
            reranked = scanned.scan() == Scan.FLOAT ? 0 : scanned.inFull();
            return scanned.nearest();
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

        Optional<Hit<V>> hit(Neighbor neighbor) {
            String id = new String(neighbor.key(), UTF_8);
            return rows.get(neighbor.key())
                    .flatMap(stored -> documents.decode(id, stored))
                    .map(value -> new Hit<>(id, value, neighbor.score()));
        }
    }
}
