package coppice.bench.search;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/// No store, but what one would write in Java without one: a loop over arrays. It says what the right answers are.
public final class LoopVectors implements VectorStore {
    private float[][] vectors = {};
    private float[][] queries = {};

    @Override
    public String settings() {
        return "a loop in Java over arrays in memory, with a queue of the best; whatever the way";
    }

    @Override
    public void open(Path directory, long cacheBytes) {}

    @Override
    public void load(Cloud cloud) {
        vectors = cloud.vectors();
        queries = cloud.queries();
    }

    @Override
    public void makeReady(Way way) {}

    private record Near(int number, double product) {}

    private int[] nearest(float[] query) {
        PriorityQueue<Near> best = new PriorityQueue<>(Comparator.comparingDouble(Near::product));
        for (int number = 0; number < vectors.length; number++) {
            double product = product(query, vectors[number]);
            if (best.size() < WANTED || product > best.element().product) {
                best.add(new Near(number, product));
            }
            if (best.size() > WANTED) {
                best.remove();
            }
        }
        return best.stream()
                .sorted(best.comparator().reversed())
                .mapToInt(Near::number)
                .toArray();
    }

    /// By four sums, none of which waits for the others.
    private static double product(float[] one, float[] other) {
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        for (int i = 0; i < one.length; i += 4) {
            first += one[i] * other[i];
            second += one[i + 1] * other[i + 1];
            third += one[i + 2] * other[i + 2];
            fourth += one[i + 3] * other[i + 3];
        }
        return (double) first + second + third + fourth;
    }

    @Override
    public int[][] nearest(Way way) {
        return Arrays.stream(queries).map(this::nearest).toArray(int[][]::new);
    }

    @Override
    public double millis(Way way, double seconds) throws Exception {
        return Repeated.millis(queries, seconds, query -> nearest(query).length);
    }

    @Override
    public void close() {}
}
