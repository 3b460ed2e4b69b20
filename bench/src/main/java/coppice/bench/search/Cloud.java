package coppice.bench.search;

import java.util.SplittableRandom;

/// Vectors of length 1 by numbers from 0 on, in clusters as embeddings of texts lie, and others like them to look
/// for.
public final class Cloud {
    /// How many there are to look for.
    public static final int QUERIES = 100;

    private static final int CLUSTER = 200;
    private static final double SPREAD = 0.5;
    private static final long SEED = 17;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final float[][] centres;
    private final float[][] vectors;
    private final float[][] queries;

    /// The same vectors each time.
    ///
    /// @param count how many there are
    /// @param dimension how many numbers each has
    public Cloud(int count, int dimension) {
        centres = new float[Math.max(1, count / CLUSTER)][dimension];
        for (float[] centre : centres) {
            for (int i = 0; i < dimension; i++) {
                centre[i] = (float) random.nextGaussian();
            }
        }
        vectors = some(count);
        queries = some(QUERIES);
    }

    private float[][] some(int count) {
        float[][] some = new float[count][];
        for (int i = 0; i < count; i++) {
            some[i] = next();
        }
        return some;
    }

    private float[] next() {
        float[] vector = centres[random.nextInt(centres.length)].clone();
        double squares = 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] += (float) (SPREAD * random.nextGaussian());
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    /// The vectors, which nobody changes.
    public float[][] vectors() {
        return vectors;
    }

    /// What is looked for.
    public float[][] queries() {
        return queries;
    }

    /// How many numbers each has.
    public int dimension() {
        return centres[0].length;
    }
}
