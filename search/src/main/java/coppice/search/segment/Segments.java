package coppice.search.segment;

import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.structure.ground.Following.Differing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.ThreadInterruptedException;

/// Documents by key in segments of Lucene, as a value: a set that differs in k documents shares all segments but
/// for one with what came and marks on what went, whichever branch or version it is of.
///
/// Lucene's own writer has one present, whose merges delete what came before. Here it only writes and merges
/// single segments; which of them are a set is said here.
///
/// What searches are told about frequencies and lengths is of the documents that live, exactly. So scores follow
/// from the documents alone, and not from how they came about.
public final class Segments {
    /// As many segments of about the same size become one.
    private static final int MERGED = 8;

    /// One of which more than this part is dead is written anew.
    private static final double DEAD_MOST = 0.25;

    private static final int DEAD_MIN = 64;

    private final Shape shape;
    private final List<Segment> segments;
    private final Map<String, Segment.Lengths> lengths;
    private final List<String> fields;
    private final IndexSearcher searcher;

    private Segments(Shape shape, List<Segment> segments) {
        this.shape = shape;
        this.segments = segments;
        this.lengths = new HashMap<>();
        for (Segment segment : segments) {
            segment.lengths().forEach((field, one) -> lengths.merge(field, one, Segment.Lengths::plus));
        }
        this.fields = fields(lengths);
        try {
            this.searcher = new Searcher(
                    new MultiReader(segments.stream().map(Segment::reader).toArray(IndexReader[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        searcher.setQueryCache(null);
    }

    /// A set of documents.
    ///
    /// @param rows in ascending order of keys
    public static Segments of(Shape shape, Iterator<Entry> rows) {
        return attempt(() -> new Segments(shape, SegmentWriter.write(shape, rows)));
    }

    /// What it is made of, by names: what has the same name is the same.
    public Map<String, Supplier<byte[]>> parts() {
        return SegmentParts.of(segments);
    }

    /// A set that was taken apart; nothing where a part is missing, or is of another version of Lucene.
    public static Optional<Segments> of(Shape shape, Map<String, byte[]> parts) {
        return SegmentParts.read(parts).map(segments -> new Segments(shape, inOrder(segments)));
    }

    /// The same with changes. Costs k documents, and once in a while more: merges of small segments.
    ///
    /// @param rows in ascending order of keys
    public Segments with(List<Differing> rows) {
        return attempt(() -> {
            List<byte[]> keys = rows.stream().map(Differing::key).toList();
            List<Segment> next = new ArrayList<>();
            for (Segment segment : segments) {
                Segment left = segment.without(keys);
                if (left.size() > 0) {
                    next.add(left);
                }
            }
            Iterator<Entry> added = rows.stream()
                    .flatMap(row -> Optional.ofNullable(row.value()).map(value -> new Entry(row.key(), value)).stream())
                    .iterator();
            next.addAll(SegmentWriter.write(shape, added));
            return new Segments(shape, merged(next));
        });
    }

    /// Puts segments together that are about as large as many others, and those of which much is dead.
    private List<Segment> merged(List<Segment> all) throws IOException {
        List<Segment> next = new ArrayList<>(all);
        for (Segment segment : all) {
            if (segment.dead() > Math.max(DEAD_MIN, DEAD_MOST * (segment.dead() + segment.size()))) {
                next.remove(segment);
                next.add(SegmentWriter.merge(shape, List.of(segment)));
            }
        }
        while (true) {
            List<Segment> alike = next.stream()
                    .filter(segment -> segment.bytes() <= shape.mergedBytesMax())
                    .collect(Collectors.groupingBy(Segments::tier))
                    .entrySet()
                    .stream()
                    .filter(tier -> tier.getValue().size() >= MERGED)
                    .min(Map.Entry.comparingByKey())
                    .map(tier -> tier.getValue().subList(0, MERGED))
                    .orElse(List.of());
            if (alike.isEmpty()) {
                return inOrder(next);
            }
            next.removeAll(alike);
            next.add(SegmentWriter.merge(shape, alike));
        }
    }

    /// The largest first: what is found there lets searches skip much of the others.
    private static List<Segment> inOrder(List<Segment> segments) {
        return segments.stream()
                .sorted(Comparator.comparingInt(Segment::size).reversed())
                .toList();
    }

    private static int tier(Segment segment) {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(segment.size())) / 3;
    }

    /// What it takes to search it. One searcher is for many threads.
    public IndexSearcher searcher() {
        return searcher;
    }

    /// How many documents there are.
    public int size() {
        return segments.stream().mapToInt(Segment::size).sum();
    }

    /// How many segments there are.
    public int count() {
        return segments.size();
    }

    /// About how many bytes it takes, which it may share with others.
    public long bytes() {
        return segments.stream().mapToLong(Segment::bytes).sum();
    }

    /// The fields that have words, in the order of their names.
    public List<String> fields() {
        return fields;
    }

    private static List<String> fields(Map<String, Segment.Lengths> lengths) {
        return lengths.entrySet().stream()
                .filter(field -> field.getValue().documents() > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /// In how many documents a word is.
    public int documents(String field, BytesRef word) {
        return attempt(() -> {
            int count = 0;
            for (Segment segment : segments) {
                count += segment.documents(field, word);
            }
            return count;
        });
    }

    Segment segment(int ordinal) {
        return segments.get(ordinal);
    }

    private interface Attempt<T> {
        T make() throws IOException;
    }

    /// What is read is in memory: nothing there fails but for a fault of ours.
    private static <T> T attempt(Attempt<T> attempt) {
        try {
            return attempt.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ThreadInterruptedException _) { // which has cleared the flag
            Thread.currentThread().interrupt();
            throw new DatabaseException.Interrupted(
                    "The thread was interrupted while an index was made: the flag is set; end, or clear it and search"
                            + " again");
        }
    }

    private final class Searcher extends IndexSearcher {
        private final boolean isAllLive = segments.stream().allMatch(segment -> segment.dead() == 0);

        Searcher(IndexReader reader) {
            super(reader);
        }

        @Override
        public CollectionStatistics collectionStatistics(String field) {
            Segment.Lengths all = lengths.getOrDefault(field, Segment.Lengths.NONE);
            long documents = Math.max(1, all.documents()); // none: no document that lives is scored by this
            long words = Math.max(documents, all.words());
            return new CollectionStatistics(field, Math.max(documents, size()), documents, words, documents);
        }

        @Override
        public TermStatistics termStatistics(Term term, int documents, long occurrences) {
            int living = isAllLive ? documents : Math.max(1, documents(term.field(), term.bytes()));
            return new TermStatistics(term.bytes(), living, Math.max(living, occurrences));
        }
    }
}
