package coppice.bench.search;

/// Searches one after the other, in this process.
final class Repeated {
    private Repeated() {}

    /// Finds what is nearest to one vector, and says how many there are.
    interface Search {
        int nearest(float[] query) throws Exception;
    }

    static double millis(float[][] queries, double seconds, Search search) throws Exception {
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        long count = 0;
        long found = 0;
        long now = began;
        for (; now < end || count == 0; now = System.nanoTime()) {
            found += search.nearest(queries[(int) (count++ % queries.length)]);
        }
        if (found != VectorStore.WANTED * count) {
            throw new IllegalStateException(count + " searches found " + found + " vectors");
        }
        return (now - began) / 1e6 / count;
    }
}
