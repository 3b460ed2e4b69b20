package coppice.api.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts lists of hits together.
public final class Ranking {
    /// What ranks are counted from: makes the first few of a list count about the same.
    private static final int RANK_OFFSET = 60;

    private Ranking() {}

    /// Puts lists together by the ranks that documents have in each, whatever their scores mean: a document scores
    /// the sum of `weight / (60 + rank)` over the lists that have it, ranks from 1 (reciprocal rank fusion;
    /// Cormack, Clarke and Büttcher, SIGIR 2009). Costs the sum of their lengths.
    ///
    /// @param lists the best hit first
    /// @param weights one for each list; none for 1 each
    /// @return the best first, each document once; of equal scores in the order of ids. Documents and highlights
    ///     are those of the first list that has them
    /// @throws IllegalArgumentException when there are not as many weights as lists, or one is negative or no
    ///     number
    public static <V> List<Hit<V>> fuse(List<List<Hit<V>>> lists, double... weights) {
        if (weights.length != 0 && weights.length != lists.size()) {
            throw new IllegalArgumentException("There are " + lists.size() + " lists and " + weights.length
                    + " weights: give one for each, or none");
        }
        Map<String, Hit<V>> fused = new LinkedHashMap<>();
        for (int i = 0; i < lists.size(); i++) {
            double weight = weights.length == 0 ? 1 : checked(weights[i]);
            int rank = 0;
            for (Hit<V> hit : lists.get(i)) {
                rank++;
                double part = weight / (RANK_OFFSET + rank);
                fused.merge(
                        hit.id(),
                        new Hit<>(hit.id(), hit.document(), part, hit.highlights()),
                        (before, _) -> scored(before, before.score() + part, hit));
            }
        }
        List<Hit<V>> best = new ArrayList<>(fused.values());
        best.sort(Comparator.<Hit<V>>comparingDouble(Hit::score).reversed().thenComparing(Hit::id));
        return Collections.unmodifiableList(best);
    }

    private static <V> Hit<V> scored(Hit<V> hit, double score, Hit<V> other) {
        return new Hit<>(
                hit.id(), hit.document(), score, hit.highlights().isEmpty() ? other.highlights() : hit.highlights());
    }

    private static double checked(double weight) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("The weight of a list is 0 or greater, not " + weight);
        }
        return weight;
    }
}
