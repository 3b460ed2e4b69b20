package coppice.search.segment;

import coppice.search.segment.Search.Scored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.jspecify.annotations.Nullable;

/// Collects the best documents; of equal scores those whose keys come first.
///
/// Lucene's own collector takes equal ones in the order of its segments, of which our sets have others after each
/// change. Within a segment the order is that of keys: so a document that scores as the worst that is kept counts
/// only where that is of another segment and has a later key, and after one that does not count, none of its
/// segment does.
final class Best implements Collector {
    /// From so many documents on, Lucene is told to leave out those that cannot count. To find which these are
    /// takes longer than to score few.
    private static final int LEFT_OUT_FROM = 1_000;

    private static final Scorable NO_SCORER = new Scorable() {
        @Override
        public float score() {
            throw new IllegalStateException("There is nothing to score yet");
        }
    };

    private final Segments segments;
    private final @Nullable Keys[] keys;
    private final int wanted;
    private final PriorityQueue<Candidate> kept;
    private int seen;

    Best(Segments segments, int wanted) {
        this.keys = new Keys[segments.count()];
        this.segments = segments;
        this.wanted = wanted;
        this.kept = new PriorityQueue<>(Comparator.reverseOrder());
    }

    /// A document that may be among the best; these come first.
    private final class Candidate implements Comparable<Candidate> {
        private final int segment;
        private final int document;
        private final float score;
        private byte[] key = {};

        Candidate(int segment, int document, float score) {
            this.segment = segment;
            this.document = document;
            this.score = score;
        }

        byte[] key() {
            if (key.length == 0) {
                key = keys(segment).of(document);
            }
            return key;
        }

        @Override
        public int compareTo(Candidate other) {
            if (score != other.score) {
                return Float.compare(other.score, score);
            }
            return segment == other.segment
                    ? Integer.compare(document, other.document)
                    : Arrays.compareUnsigned(key(), other.key());
        }
    }

    private Keys keys(int segment) {
        Keys known = keys[segment];
        if (known == null) {
            known = segments.segment(segment).keys();
            keys[segment] = known;
        }
        return known;
    }

    /// What was found, best first.
    List<Scored> found() {
        List<Scored> found = new ArrayList<>(kept.size());
        while (!kept.isEmpty()) {
            Candidate worst = kept.remove();
            found.add(new Scored(worst.key(), worst.score));
        }
        return found.reversed();
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.TOP_SCORES;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext context) {
        return new OfSegment(context.ord);
    }

    private final class OfSegment implements LeafCollector {
        private final int segment;
        private Scorable scorer = NO_SCORER;

        /// The least score of what counts; it only grows, as what is kept only gets better.
        private float least = Float.NEGATIVE_INFINITY;

        OfSegment(int segment) {
            this.segment = segment;
        }

        @Override
        public void setScorer(Scorable scorer) throws IOException {
            this.scorer = scorer;
            if (kept.size() == wanted) {
                raise(kept.element().score);
            }
        }

        @Override
        public void collect(int document) throws IOException {
            float score = scorer.score();
            seen++;
            if (score >= least) {
                offer(new Candidate(segment, document, score));
            }
        }

        private void offer(Candidate candidate) throws IOException {
            if (kept.size() == wanted) {
                Candidate worst = kept.element();
                if (worst.compareTo(candidate) < 0) {
                    raise(Math.nextUp(worst.score));
                    return;
                }
                kept.remove();
            }
            kept.add(candidate);
            if (kept.size() == wanted) {
                Candidate worst = kept.element();
                raise(worst.segment == segment ? Math.nextUp(worst.score) : worst.score);
            }
        }

        private void raise(float score) throws IOException {
            least = Math.max(least, score);
            if (seen > LEFT_OUT_FROM) {
                scorer.setMinCompetitiveScore(least);
            }
        }
    }
}
