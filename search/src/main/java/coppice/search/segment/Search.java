package coppice.search.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.TopScoreDocCollectorManager;

/// Searches of a set of documents.
public final class Search {
    private static final Comparator<Scored> BEST_FIRST =
            Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::key, Arrays::compareUnsigned);

    private final Segments segments;
    private final Query query;

    public Search(Segments segments, Query query) {
        this.segments = segments;
        this.query = query;
    }

    /// A document that was found.
    public record Scored(byte[] key, float score) {}

    /// The best documents, best first; of equal scores in the order of keys.
    ///
    /// Lucene puts equal ones in the order of its segments, and does not look at more of them than are wanted. So
    /// where the last of these is as good as one that is left, segments are searched one by one: within a segment
    /// the order is that of keys.
    public List<Scored> best(int most) {
        try {
            IndexSearcher searcher = segments.searcher();
            int wanted = Math.min(most, Math.max(1, segments.size()));
            ScoreDoc[] found =
                    searcher.search(query, new TopScoreDocCollectorManager(wanted + 1, null, wanted + 1)).scoreDocs;
            boolean isTied = found.length > wanted && found[wanted].score == found[wanted - 1].score;
            List<Scored> all = isTied ? bySegments(wanted) : scored(List.of(found));
            all.sort(BEST_FIRST);
            return List.copyOf(all.subList(0, Math.min(wanted, all.size())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Scored> bySegments(int wanted) throws IOException {
        BySegment collector = new BySegment(wanted);
        segments.searcher().search(query, inOrder(collector));
        List<ScoreDoc> found = new ArrayList<>();
        for (TopScoreDocCollector one : collector.segments) {
            TopDocs best = one.topDocs();
            found.addAll(List.of(best.scoreDocs));
        }
        return scored(found);
    }

    /// Segment by segment, as keys are read in the order of documents.
    private List<Scored> scored(List<ScoreDoc> found) throws IOException {
        List<LeafReaderContext> leaves = segments.searcher().getLeafContexts();
        List<ScoreDoc> inOrder = new ArrayList<>(found);
        inOrder.sort(Comparator.comparingInt(one -> one.doc));
        List<Scored> all = new ArrayList<>(found.size());
        int at = 0;
        for (LeafReaderContext leaf : leaves) {
            int end = leaf.docBase + leaf.reader().maxDoc();
            if (at < inOrder.size() && inOrder.get(at).doc < end) {
                SortedDocValues keys = segments.segment(leaf.ord).keys();
                for (; at < inOrder.size() && inOrder.get(at).doc < end; at++) {
                    ScoreDoc one = inOrder.get(at);
                    all.add(new Scored(key(keys, one.doc - leaf.docBase), one.score));
                }
            }
        }
        return all;
    }

    static byte[] key(SortedDocValues keys, int document) throws IOException {
        keys.advanceExact(document);
        var key = keys.lookupOrd(keys.ordValue());
        return Arrays.copyOfRange(key.bytes, key.offset, key.offset + key.length);
    }

    private static final class BySegment implements Collector {
        private final int wanted;
        private final List<TopScoreDocCollector> segments = new ArrayList<>();

        BySegment(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
            TopScoreDocCollector one = new TopScoreDocCollectorManager(wanted, null, wanted).newCollector();
            segments.add(one);
            return one.getLeafCollector(context);
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.TOP_SCORES;
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
        public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
            SortedDocValues keys = segments.segment(context.ord).keys();
            return new LeafCollector() {
                @Override
                public void setScorer(Scorable scorer) {}

                @Override
                public void collect(int document) throws IOException {
                    each.accept(key(keys, document));
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
