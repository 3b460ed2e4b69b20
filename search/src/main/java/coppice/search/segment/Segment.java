package coppice.search.segment;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FilterCodecReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.SmallFloat;
import org.jspecify.annotations.Nullable;

/// Documents in the order of their keys, of which some are dead: a segment of Lucene, which never changes, with
/// marks of its own. So states share it that differ in what is dead.
final class Segment {
    private final SegmentReader reader;
    private final long bytes;
    private final Marks marks;
    private final Map<String, Lengths> lengths;

    /// Which documents are dead.
    ///
    /// @param live the others
    private record Marks(FixedBitSet dead, FixedBitSet live, int count) {
        static Marks none(int documents) {
            FixedBitSet all = new FixedBitSet(documents);
            all.set(0, documents);
            return new Marks(new FixedBitSet(documents), all, 0);
        }

        Marks with(FixedBitSet more, int moreCount) {
            FixedBitSet all = dead.clone();
            all.or(more);
            FixedBitSet left = live.clone();
            left.andNot(more);
            return new Marks(all, left, count + moreCount);
        }
    }

    /// How long a field is in documents that are not dead, as far as the scores know it.
    ///
    /// @param documents that have it
    /// @param words of all
    record Lengths(long documents, long words) {
        static final Lengths NONE = new Lengths(0, 0);

        Lengths plus(Lengths other) {
            return new Lengths(documents + other.documents, words + other.words);
        }

        private Lengths plus(long norm, int sign) {
            return norm == 0
                    ? this
                    : new Lengths(documents + sign, words + (long) sign * SmallFloat.byte4ToInt((byte) norm));
        }
    }

    private Segment(SegmentReader reader, long bytes, Marks marks, Map<String, Lengths> lengths) {
        this.reader = reader;
        this.bytes = bytes;
        this.marks = marks;
        this.lengths = lengths;
    }

    /// A segment whose documents all live.
    static Segment of(SegmentReader reader, long bytes) throws IOException {
        Map<String, Lengths> lengths = new HashMap<>();
        for (FieldInfo field : reader.getFieldInfos()) {
            NumericDocValues norms = reader.getNormValues(field.name);
            if (norms != null) {
                Lengths sum = Lengths.NONE;
                while (norms.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    sum = sum.plus(norms.longValue(), 1);
                }
                lengths.put(field.name, sum);
            }
        }
        return new Segment(reader, bytes, Marks.none(reader.maxDoc()), Map.copyOf(lengths));
    }

    int size() {
        return reader.maxDoc() - marks.count();
    }

    int dead() {
        return marks.count();
    }

    long bytes() {
        return bytes;
    }

    Map<String, Lengths> lengths() {
        return lengths;
    }

    Keys keys() {
        return Keys.of(reader);
    }

    /// Whether a document lives.
    boolean isLive(int document) {
        return marks.live().get(document);
    }

    /// The same without some documents.
    ///
    /// @param keys in ascending order; those that it does not have do not count
    Segment without(List<byte[]> keys) throws IOException {
        Keys own = keys();
        FixedBitSet gone = new FixedBitSet(reader.maxDoc());
        int count = 0;
        for (byte[] key : keys) {
            int document = own.document(key);
            if (document >= 0 && isLive(document)) {
                gone.set(document);
                count++;
            }
        }
        return without(gone, count);
    }

    /// The same without some documents, by their numbers.
    Segment without(int[] documents) throws IOException {
        FixedBitSet gone = new FixedBitSet(reader.maxDoc());
        for (int document : documents) {
            gone.set(document);
        }
        return without(gone, gone.cardinality());
    }

    private Segment without(FixedBitSet gone, int count) throws IOException {
        return count == 0 ? this : new Segment(reader, bytes, marks.with(gone, count), lengthsWithout(gone, count));
    }

    /// The numbers of the documents that are dead.
    int[] deadDocuments() {
        return IntStream.range(0, reader.maxDoc())
                .filter(document -> marks.dead().get(document))
                .toArray();
    }

    /// What Lucene says of it.
    SegmentInfo info() {
        return reader.getSegmentInfo().info;
    }

    private Map<String, Lengths> lengthsWithout(FixedBitSet gone, int count) throws IOException {
        Map<String, Lengths> left = new HashMap<>(lengths);
        for (Map.Entry<String, Lengths> field : left.entrySet()) {
            NumericDocValues norms = reader.getNormValues(field.getKey());
            BitSetIterator documents = new BitSetIterator(gone, count);
            Lengths sum = field.getValue();
            for (int one = documents.nextDoc(); one != DocIdSetIterator.NO_MORE_DOCS; one = documents.nextDoc()) {
                if (norms.advanceExact(one)) {
                    sum = sum.plus(norms.longValue(), -1);
                }
            }
            field.setValue(sum);
        }
        return Map.copyOf(left);
    }

    /// In how many documents that live a word is.
    int documents(String field, BytesRef word) throws IOException {
        var terms = reader.terms(field);
        if (terms == null) {
            return 0;
        }
        TermsEnum term = terms.iterator();
        if (!term.seekExact(word)) {
            return 0;
        }
        if (marks.count() == 0) {
            return term.docFreq();
        }
        PostingsEnum documents = term.postings(null, PostingsEnum.NONE);
        return marks.count() < term.docFreq() ? term.docFreq() - amongDead(documents) : amongLive(documents);
    }

    private int amongDead(PostingsEnum documents) throws IOException {
        BitSetIterator dead = new BitSetIterator(marks.dead(), marks.count());
        int count = 0;
        int document = -1;
        for (int one = dead.nextDoc(); one != DocIdSetIterator.NO_MORE_DOCS; one = dead.nextDoc()) {
            if (document < one) {
                document = documents.advance(one);
            }
            count += document == one ? 1 : 0;
        }
        return count;
    }

    private int amongLive(PostingsEnum documents) throws IOException {
        int count = 0;
        for (int one = documents.nextDoc(); one != DocIdSetIterator.NO_MORE_DOCS; one = documents.nextDoc()) {
            count += isLive(one) ? 1 : 0;
        }
        return count;
    }

    /// What searches and merges read: as if what is dead had been deleted.
    CodecReader reader() {
        return marks.count() == 0 ? reader : new Living(reader, marks.live(), size());
    }

    private static final class Living extends FilterCodecReader {
        private final Bits live;
        private final int size;

        Living(CodecReader reader, Bits live, int size) {
            super(reader);
            this.live = live;
            this.size = size;
        }

        @Override
        public Bits getLiveDocs() {
            return live;
        }

        @Override
        public int numDocs() {
            return size;
        }

        @Override
        public @Nullable CacheHelper getCoreCacheHelper() {
            return null;
        }

        @Override
        public @Nullable CacheHelper getReaderCacheHelper() {
            return null;
        }
    }
}
