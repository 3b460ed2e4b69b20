package coppice.bench;

import coppice.bench.search.Cloud;
import coppice.bench.search.LoopVectors;
import coppice.bench.search.VectorStore;
import coppice.bench.search.VectorStore.Way;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What all workloads on vectors begin with: warm code, vectors, and which of them are the right answers.
final class VectorTrial {
    private static final int WARM_ROUNDS = 3;
    private static final int WARM_VECTORS = 2_000;
    private static final double WARM_SECONDS = 1;

    private final Trial trial;
    private final Cloud cloud;
    private final int[][] right;

    /// @param count of vectors
    VectorTrial(Trial trial, int count, int dimension) throws Exception {
        this.trial = trial;
        this.cloud = new Cloud(count, dimension);
        try (LoopVectors loop = new LoopVectors()) {
            loop.load(cloud);
            this.right = loop.nearest(Way.FULL);
        }
    }

    Cloud cloud() {
        return cloud;
    }

    /// Lets the JVM compile the store's paths on small stores that are thrown away.
    VectorTrial warmUp(List<Way> ways) throws Exception {
        Cloud few = new Cloud(Math.min(WARM_VECTORS, cloud.vectors().length), cloud.dimension());
        for (int round = 0; round < WARM_ROUNDS; round++) {
            try (VectorStore store = open("warm-up")) {
                store.load(few);
                for (Way way : ways) {
                    store.makeReady(way);
                    store.millis(way, Math.min(WARM_SECONDS, trial.seconds()));
                }
            }
        }
        Directories.delete(trial.directory().resolve("warm-up"));
        return this;
    }

    /// A store that is empty.
    VectorStore open(String name) throws Exception {
        VectorStore store = VectorStore.named(trial.peer());
        store.open(Directories.fresh(trial.directory(), name), trial.cacheBytes());
        return store;
    }

    /// What part of the nearest vectors a store finds.
    double recall(int[][] found) {
        if (found.length != right.length) {
            throw new IllegalStateException(found.length + " answers to " + right.length + " questions");
        }
        long wanted = 0;
        long hits = 0;
        for (int i = 0; i < right.length; i++) {
            List<Integer> numbers = Arrays.stream(found[i]).boxed().toList();
            wanted += right[i].length;
            hits += IntStream.of(right[i]).filter(numbers::contains).count();
        }
        return (double) hits / wanted;
    }
}
