package coppice.bench.search;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;

/// Lucene by itself: documents with vectors and graphs of these.
final class LuceneVectors implements VectorStore {
    private static final String NUMBER = "number";
    private static final String VECTOR = "vector";

    /// As Coppice has.
    private static final double BUFFER_MEBIBYTES = 256;

    private final LuceneIndex index = new LuceneIndex(BUFFER_MEBIBYTES);
    private float[][] queries = {};

    @Override
    public String settings() {
        return "mapped files, graphs of its own settings (M 16, beam 100), buffers of 256 MB, merges beside the work;"
                + " inner product; no cache";
    }

    @Override
    public void open(Path directory, long cacheBytes) throws IOException {
        index.open(directory);
    }

    @Override
    public void load(Cloud cloud) throws IOException {
        queries = cloud.queries();
        float[][] vectors = cloud.vectors();
        for (int number = 0; number < vectors.length; number++) {
            Document document = new Document();
            document.add(new StoredField(NUMBER, number));
            document.add(new KnnFloatVectorField(VECTOR, vectors[number], VectorSimilarityFunction.DOT_PRODUCT));
            index.writer().addDocument(document);
        }
        index.writer().commit();
    }

    @Override
    public void makeReady(Way way) throws IOException {
        index.refresh();
        found(way, queries[0]);
    }

    /// The numbers of those that are found, of documents or of Lucene's own.
    private int[] found(Way way, float[] query) throws IOException {
        IndexSearcher searcher = index.searcher();
        ScoreDoc[] found = searcher.search(new KnnFloatVectorQuery(VECTOR, query, BREADTH), WANTED).scoreDocs;
        int[] numbers = new int[found.length];
        StoredFields stored = searcher.storedFields();
        for (int i = 0; i < found.length; i++) {
            numbers[i] = switch (way) {
                case GRAPH ->
                    stored.document(found[i].doc)
                            .getField(NUMBER)
                            .numericValue()
                            .intValue();
                case GRAPH_ALONE -> found[i].doc;
                case FULL, BYTES, BITS -> throw new IllegalArgumentException("only along graphs, not by " + way);
            };
        }
        return numbers;
    }

    @Override
    public int[][] nearest(Way way) throws IOException {
        int[][] all = new int[queries.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = found(way, queries[i]);
        }
        return all;
    }

    @Override
    public double millis(Way way, double seconds) throws Exception {
        return Repeated.millis(queries, seconds, query -> found(way, query).length);
    }

    @Override
    public void close() throws IOException {
        index.close();
    }
}
