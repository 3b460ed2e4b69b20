package coppice.bench;

import coppice.bench.search.VectorStore;
import coppice.bench.search.VectorStore.Way;
import java.util.List;

/// Measures searches that look at all vectors, in full and by short codes, and which part of the nearest they
/// find.
final class Scanning {
    private static final List<Way> WAYS = List.of(Way.FULL, Way.BYTES, Way.BITS);

    /// Two vectors may be as near as single precision tells.
    private static final double EXACT = 0.995;

    private final Trial trial;
    private final Meter meter;

    Scanning(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    private record Row(Way way, Metric metric) {}

    /// As embeddings of sentences have them: 384 numbers each, of a tenth as many vectors as rows.
    void usual() throws Exception {
        List<Row> rows = List.of(
                new Row(Way.FULL, Metric.NEAR),
                new Row(Way.BYTES, Metric.NEAR_BYTES),
                new Row(Way.BITS, Metric.NEAR_BITS));
        run(trial.rows() / ArticleTrial.OF_RECORDS, 384, rows, Metric.NEAR_BITS_RECALL);
    }

    /// Many short ones: 128 numbers each, of as many vectors as rows.
    void narrow() throws Exception {
        List<Row> rows = List.of(
                new Row(Way.FULL, Metric.NARROW),
                new Row(Way.BYTES, Metric.NARROW_BYTES),
                new Row(Way.BITS, Metric.NARROW_BITS));
        run(trial.rows(), 128, rows, Metric.NARROW_BITS_RECALL);
    }

    private void run(int count, int dimension, List<Row> rows, Metric recall) throws Exception {
        VectorTrial vectors = new VectorTrial(trial, count, dimension).warmUp(WAYS);
        try (VectorStore store = vectors.open("store")) {
            store.load(vectors.cloud());
            for (Row row : rows) {
                Way way = row.way;
                store.makeReady(way);
                store.millis(way, trial.seconds() / 2);
                meter.settle();
                meter.start();
                meter.record(row.metric, store.millis(way, trial.seconds()));
                double found = vectors.recall(store.nearest(way));
                if (way != Way.BITS && found < EXACT) {
                    throw new IllegalStateException("a search " + way + " finds " + found + " of the nearest");
                }
                if (way == Way.BITS) {
                    meter.record(recall, found);
                }
            }
        }
    }
}
