package coppice.search.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/// Searches of a set of documents.
public final class Search {
    private final Segments segments;
    private final Query query;

    public Search(Segments segments, Query query) {
        this.segments = segments;
        this.query = query;
    }

    /// A document that was found.
    public record Scored(byte[] key, float score) {}

    /// The best documents, best first; of equal scores in the order of keys.
    public List<Scored> best(int most) {
        try {
            Best best = new Best(segments, Math.min(most, Math.max(1, segments.size())));
            return segments.searcher().search(query, inOrder(best)).found();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One collector for all segments, one after the other.
    private static <C extends Collector> CollectorManager<C, C> inOrder(C collector) {
        return new CollectorManager<>() {
            @Override
            public C newCollector() {
                return collector;
            }

            @Override
            public C reduce(Collection<C> collectors) {
                return collector;
            }
        };
    }

    /// Tells of the keys of all documents that are found, in no order.
    public void all(Consumer<byte[]> each) {
        try {
            segments.searcher().search(query, inOrder(new All(each)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class All implements Collector {
        private final Consumer<byte[]> each;

        All(Consumer<byte[]> each) {
            this.each = each;
        }

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext context) {
            Keys keys = segments.segment(context.ord).keys();
            return new LeafCollector() {
                @Override
                public void setScorer(Scorable scorer) {}

                @Override
                public void collect(int document) {
                    each.accept(keys.of(document));
                }
            };
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    /// How many documents are found.
    public int count() {
        try {
            return segments.searcher().count(query);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
