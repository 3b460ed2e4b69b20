package coppice.search.graph;

import coppice.api.search.Similarity;
import coppice.search.segment.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.VectorSimilarityFunction;

/// Vectors as documents: their numbers, 4 bytes each, the highest first.
record VectorShape(Similarity similarity) implements Shape {
    static final String FIELD = "vector";

    private static final Codec CODEC = WideVectors.codec();
    private static final Analyzer NONE = new KeywordAnalyzer();

    /// So many mebibytes of vectors become one segment at first: the larger, the fewer graphs there are to search.
    private static final double BUFFER_MEBIBYTES = 256;

    @Override
    public Analyzer analyzer() {
        return NONE;
    }

    @Override
    public Codec codec() {
        return CODEC;
    }

    @Override
    public double bufferMebibytes() {
        return BUFFER_MEBIBYTES;
    }

    @Override
    public List<IndexableField> fields(byte[] document) {
        return List.of(new KnnFloatVectorField(FIELD, comparable(decode(document)), function()));
    }

    static byte[] encode(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    private static float[] decode(byte[] bytes) {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
        return vector;
    }

    /// A vector as the function compares it: by the cosine, those of length 1.
    float[] comparable(float[] vector) {
        if (similarity != Similarity.COSINE) {
            return vector;
        }
        double sum = 0;
        for (float number : vector) {
            sum += (double) number * number;
        }
        float inverse = (float) (1 / Math.sqrt(sum));
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = vector[i] * inverse;
        }
        return unit;
    }

    private VectorSimilarityFunction function() {
        return switch (similarity) {
            case COSINE -> VectorSimilarityFunction.DOT_PRODUCT;
            case DOT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
            case EUCLIDEAN -> VectorSimilarityFunction.EUCLIDEAN;
            case MANHATTAN -> throw new IllegalArgumentException("There is no graph of vectors by " + similarity);
        };
    }
}
