package coppice.bench;

import coppice.bench.search.CoppiceVectors;
import coppice.bench.search.VectorStore;
import coppice.bench.search.VectorStore.Way;
import java.util.List;

/// Measures searches along graphs of vectors, and how long it takes until there is one.
final class GraphSearching {
    private static final List<Way> WAYS = List.of(Way.GRAPH, Way.GRAPH_ALONE);
    private static final int DIMENSION = 384;

    private final Trial trial;
    private final Meter meter;

    GraphSearching(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    void run() throws Exception {
        int count = trial.rows() / ArticleTrial.OF_RECORDS;
        VectorTrial vectors = new VectorTrial(trial, count, DIMENSION).warmUp(WAYS);
        try (VectorStore store = vectors.open("store")) {
            load(store, vectors);
            meter.settle();
            time(store, Way.GRAPH, Metric.GRAPH);
            time(store, Way.GRAPH_ALONE, Metric.GRAPH_ALONE);
            meter.record(Metric.GRAPH_RECALL, vectors.recall(store.nearest(Way.GRAPH)));
            if (store instanceof CoppiceVectors own) {
                new SearchingVersions(trial, meter)
                        .byVectors(own, vectors.cloud(), Way.GRAPH, Metric.FRESH_GRAPH, Metric.AWAY_GRAPH);
            }
        }
    }

    private void load(VectorStore store, VectorTrial vectors) throws Exception {
        meter.settle();
        meter.start();
        long began = System.nanoTime();
        store.load(vectors.cloud());
        long loaded = System.nanoTime();
        store.makeReady(Way.GRAPH);
        long ready = System.nanoTime();
        meter.record(Metric.GRAPH_LOAD, vectors.cloud().vectors().length * 1e6 / (ready - began));
        meter.record(Metric.GRAPH_LOAD_READY, (ready - loaded) / 1e9);
    }

    private void time(VectorStore store, Way way, Metric metric) throws Exception {
        store.millis(way, trial.seconds() / 2);
        meter.start();
        meter.record(metric, store.millis(way, trial.seconds()));
    }
}
