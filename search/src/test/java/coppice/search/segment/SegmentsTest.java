package coppice.search.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.structure.ground.Following.Differing;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.IndexableField;
import org.junit.jupiter.api.Test;

class SegmentsTest {
    private static final int DOCUMENTS = 400;

    private record Words(long mergedBytesMax) implements Shape {
        private static final Analyzer WHOLE = new KeywordAnalyzer();

        @Override
        public Analyzer analyzer() {
            return WHOLE;
        }

        @Override
        public List<IndexableField> fields(byte[] document) {
            return List.of(new StoredField("document", document));
        }
    }

    private static Segments oneByOne(Shape shape) {
        SplittableRandom random = new SplittableRandom(1);
        Segments all = Segments.of(shape, Collections.emptyIterator());
        for (int i = 0; i < DOCUMENTS; i++) {
            byte[] key = "k%05d".formatted(i).getBytes(UTF_8);
            byte[] document = new byte[8 << 10];
            random.nextBytes(document);
            all = all.with(List.of(new Differing(key, document)));
        }
        return all;
    }

    @Test
    void smallOnesAreMergedAndLargeOnesAreNot() {
        Segments few = oneByOne(new Words(1 << 30));
        assertThat(few.size()).isEqualTo(DOCUMENTS);
        assertThat(few.count()).isLessThan(25);

        long ofOne = oneByOne(new Words(0)).segment(0).bytes();
        Segments many = oneByOne(new Words(2 * ofOne));
        assertThat(many.size()).isEqualTo(DOCUMENTS);
        assertThat(many.count()).isGreaterThan(25);
        assertThat(IntStream.range(0, many.count())
                        .mapToLong(i -> many.segment(i).bytes()))
                .allMatch(bytes -> bytes <= 16 * ofOne);
    }
}
