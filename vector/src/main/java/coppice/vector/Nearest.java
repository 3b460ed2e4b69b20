package coppice.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The best of those that are offered, of which the smaller key is the better one where scores are equal.
final class Nearest {
    private static final Comparator<Neighbor> WORST_FIRST = Comparator.comparingDouble(Neighbor::score)
            .thenComparing(Neighbor::key, (one, other) -> Arrays.compareUnsigned(other, one));

    private final int most;
    private final PriorityQueue<Neighbor> best;
    private float worst = Float.NEGATIVE_INFINITY;

    Nearest(int most) {
        this.most = most;
        this.best = new PriorityQueue<>(Math.min(most, 1_024) + 1, WORST_FIRST);
    }

    /// The score that is no use any more if it is not reached.
    float worst() {
        return worst;
    }

    boolean wants(float score, byte[] key) {
        return score > worst || best.size() < most || (score == worst && isBeforeWorst(key));
    }

    private boolean isBeforeWorst(byte[] key) {
        return Arrays.compareUnsigned(key, best.element().key()) < 0;
    }

    void add(float score, byte[] key) {
        best.add(new Neighbor(key, score + 0f)); // there is one zero only
        if (best.size() > most) {
            best.remove();
        }
        if (best.size() == most) {
            worst = best.element().score();
        }
    }

    /// Best first.
    List<Neighbor> found() {
        List<Neighbor> found = new ArrayList<>(best);
        found.sort(WORST_FIRST.reversed());
        return List.copyOf(found);
    }
}
