package coppice.vector;

import coppice.api.search.Scan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/// One look at all vectors of a set.
///
/// Where they have codes, these give the greatest score that each may have. They are looked at in rounds: of each,
/// the rows that may have the very greatest are compared in full first, so that what is found is near what there
/// is to find, and then all others that may be nearer still.
final class Scanning {
    /// Rows of a stretch: a multiple of [Kernel#BLOCK].
    private static final int STRETCH = 1_024;

    private static final int STRETCHES = 64;

    /// Where one of so many rows of a stretch may be among the nearest, it is as fast to compare all of them.
    private static final int MANY = 8;

    /// How many more than are wanted are compared first.
    private static final int FIRST = 16;

    private static final float DONE = Float.NEGATIVE_INFINITY;

    private final VectorSet set;
    private final Target target;
    private final Predicate<byte[]> which;
    private final Nearest nearest;
    private final int first;
    private final float[] scores = new float[STRETCH];
    private final int[] reaching = new int[STRETCH];
    private long inFull;

    Scanning(VectorSet set, Target target, int most, Predicate<byte[]> which) {
        this.set = set;
        this.target = target;
        this.which = which;
        this.nearest = new Nearest(most);
        this.first = (int) Math.min(FIRST * (long) most, (long) STRETCH * STRETCHES);
    }

    Scanned by(Scan scan) {
        Round round = new Round(scan == Scan.FLOAT ? 0 : STRETCHES);
        for (int index = 0; index < set.slabs().size(); index++) {
            Slab slab = set.slabs().get(index);
            int end = set.end(index);
            switch (scan) {
                case FLOAT -> inFull(slab, end);
                case INT8 -> round.look(slab, slab.byteCodes(set, end), end);
                case BINARY -> round.look(slab, slab.bitCodes(set, end), end);
            }
        }
        round.settle();
        return new Scanned(found(), scan, scan == Scan.FLOAT ? set.size() : inFull);
    }

    List<Neighbor> found() {
        return nearest.found();
    }

    private void inFull(Slab slab, int end) {
        for (int from = slab.first(); from < end; from += STRETCH) {
            int count = Math.min(STRETCH, end - from);
            slab.compare(target, from, count, scores);
            int found = Kernel.best().reaching(scores, 0, count, nearest.worst(), reaching);
            for (int i = 0; i < found; i++) {
                offer(slab, from + reaching[i], scores[reaching[i]]);
            }
        }
    }

    void compareOne(Slab slab, int row) {
        if (!set.isDead(row)) {
            inFull++;
            slab.compare(target, row, 1, scores);
            offer(slab, row, scores[0]);
        }
    }

    private void offer(Slab slab, int row, float score) {
        if (score >= nearest.worst() && !set.isDead(row)) {
            byte[] key = slab.key(row);
            if (nearest.wants(score, key) && which.test(key)) {
                nearest.add(score, key);
            }
        }
    }

    /// Rows of a slab whose greatest possible scores are known.
    private record Stretch(Slab slab, int from, int count) {}

    /// A row by its place in a round.
    private record Candidate(int at, float most) {}

    private final class Round {
        private final List<Stretch> stretches = new ArrayList<>();
        private final float[] mosts;
        private final int[] raws = new int[STRETCH];

        Round(int size) {
            this.mosts = new float[size * STRETCH];
        }

        <Q> void look(Slab slab, Codes<Q> codes, int end) {
            Probe<Q> probe = codes.probe(target);
            for (int from = slab.first(); from < end; from += STRETCH) {
                int count = Math.min(STRETCH, end - from);
                codes.compare(probe.code(), from - slab.first(), count, raws);
                codes.most(probe, raws, from - slab.first(), count, mosts, stretches.size() * STRETCH);
                stretches.add(new Stretch(slab, from, count));
                if (stretches.size() == STRETCHES) {
                    settle();
                }
            }
        }

        /// Compares those in full that may be among the nearest.
        void settle() {
            for (Candidate one : best()) {
                Stretch stretch = stretches.get(one.at() / STRETCH);
                mosts[one.at()] = DONE;
                compareOne(stretch.slab(), stretch.from() + one.at() % STRETCH);
            }
            for (int index = 0; index < stretches.size(); index++) {
                settle(stretches.get(index), index * STRETCH);
            }
            stretches.clear();
        }

        private Iterable<Candidate> best() {
            PriorityQueue<Candidate> best = new PriorityQueue<>(Comparator.comparingDouble(Candidate::most));
            float least = nearest.worst();
            for (int index = 0; index < stretches.size(); index++) {
                int start = index * STRETCH;
                int found = Kernel.best()
                        .reaching(mosts, start, stretches.get(index).count(), least, reaching);
                for (int i = 0; i < found; i++) {
                    int at = start + reaching[i];
                    if (mosts[at] >= least) {
                        best.add(new Candidate(at, mosts[at]));
                        if (best.size() > first) {
                            best.remove();
                            least = best.element().most();
                        }
                    }
                }
            }
            return best;
        }

        private void settle(Stretch stretch, int start) {
            int found = Kernel.best().reaching(mosts, start, stretch.count(), nearest.worst(), reaching);
            boolean areMany = found > stretch.count() / MANY;
            if (areMany) {
                stretch.slab().compare(target, stretch.from(), stretch.count(), scores);
            }
            for (int i = 0; i < found; i++) {
                int row = stretch.from() + reaching[i];
                float most = mosts[start + reaching[i]];
                if (areMany && most != DONE) {
                    inFull++;
                    offer(stretch.slab(), row, scores[reaching[i]]);
                } else if (most != DONE && most >= nearest.worst()) {
                    compareOne(stretch.slab(), row);
                }
            }
        }
    }
}
