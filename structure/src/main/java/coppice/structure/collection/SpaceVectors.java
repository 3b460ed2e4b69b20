package coppice.structure.collection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.search.CollectionVectors;
import coppice.api.search.Hit;
import coppice.api.search.Recall;
import coppice.api.search.Scan;
import coppice.api.search.VectorSearch;
import coppice.vector.VectorSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The vectors of a collection as a whole.
final class SpaceVectors<V> implements CollectionVectors<V> {
    private final SpaceDocumentsView<V> documents;

    SpaceVectors(SpaceDocumentsView<V> documents) {
        this.documents = documents;
    }

    @Override
    public Recall recall(int sample, UnaryOperator<VectorSearch<V>> how) {
        if (sample < 1) {
            throw new IllegalArgumentException("At least 1 document is to be searched for, not " + sample);
        }
        SpaceDocumentsView<V> still = documents.still();
        Optional<VectorSet> set = still.ground()
                .following(VectorRows.space(still.name()), Vectors.FOLLOWING)
                .set();
        List<byte[]> keys = set.map(all -> all.sample(sample)).orElseGet(List::of);
        long wanted = 0;
        long found = 0;
        for (byte[] key : keys) {
            VectorSearch<V> search =
                    how.apply(still.search(set.orElseThrow().find(key).orElseThrow()));
            List<Hit<V>> right = others(search.scan(Scan.FLOAT), new String(key, UTF_8));
            wanted += right.size();
            if (!right.isEmpty()) {
                double least = right.getLast().score();
                found += others(search, new String(key, UTF_8)).stream()
                        .filter(hit -> hit.score() >= least || isAmong(hit, right))
                        .limit(right.size())
                        .count();
            }
        }
        return new Recall(keys.size(), wanted, found);
    }

    /// What is found besides a document itself.
    private static <V> List<Hit<V>> others(VectorSearch<V> search, String id) {
        return search.hits().stream().filter(hit -> !hit.id().equals(id)).toList();
    }

    /// Its score may be another in the last digit, as sums of numbers depend on their order.
    private static <V> boolean isAmong(Hit<V> hit, List<Hit<V>> right) {
        return right.stream().anyMatch(one -> one.id().equals(hit.id()));
    }
}
