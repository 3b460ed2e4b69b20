package coppice.bench;

import coppice.bench.peer.Peer;
import coppice.bench.peer.Reader;
import coppice.bench.peer.Rows;
import coppice.bench.peer.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Measures how long a store takes from closed to its first answer, with its files in the page cache; after a clean
/// close, and after the process that wrote was killed. What was acknowledged before the kill must be there.
final class Opening {
    private static final int BATCH = 1_000;
    private static final int REOPENINGS = 5;

    private final Trial trial;
    private final Meter meter;
    private final Path place;

    Opening(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
        this.place = trial.directory().resolve("store");
    }

    void fill() throws Exception {
        Peer store = trial.open(Directories.fresh(trial.directory(), "store"));
        store.load(trial.records());
        store.close();
    }

    void reopen() throws Exception {
        meter.start();
        meter.record(Metric.OPEN_COLD_CODE, openAndRead());
        WarmUp.run(trial);
        double[] milliseconds = new double[REOPENINGS];
        meter.start();
        for (int i = 0; i < REOPENINGS; i++) {
            milliseconds[i] = openAndRead();
        }
        Arrays.sort(milliseconds);
        meter.record(Metric.OPEN, milliseconds[REOPENINGS / 2]);
    }

    private double openAndRead() throws Exception {
        long began = System.nanoTime();
        Peer store = trial.open(place);
        requireRow(store, trial.records() / 2);
        double milliseconds = (System.nanoTime() - began) / 1e6;
        store.close();
        return milliseconds;
    }

    /// Tells the parent of each batch that was acknowledged.
    void writeUntilKilled() throws Exception {
        Peer store = trial.open(place);
        try (Writer writer = store.writer()) {
            for (long batch = 0; ; batch++) {
                List<Writer.Entry> entries = new ArrayList<>(BATCH);
                for (int i = 0; i < BATCH; i++) {
                    long row = row(batch, i);
                    entries.add(new Writer.Entry(Rows.key(row), Rows.value(row, batch + 1)));
                }
                writer.put(entries);
                System.out.println(Meter.MARK + " " + Plan.ACKNOWLEDGED + " " + batch);
            }
        }
    }

    void reopenKilled() throws Exception {
        WarmUp.run(trial);
        meter.start();
        long began = System.nanoTime();
        Peer store = trial.open(place);
        requireRow(store, trial.records() / 2);
        meter.record(Metric.OPEN_KILLED, (System.nanoTime() - began) / 1e6);
        byte[] value = new byte[Rows.VALUE_BYTES];
        try (Reader reader = store.reader()) {
            for (int i = 0; i < BATCH && trial.acknowledged() >= 0; i++) {
                long row = row(trial.acknowledged(), i);
                reader.get(Rows.key(row), value);
                requireGeneration(row, value);
            }
        }
        store.close();
    }

    /// The value must be of the last acknowledged batch, or of one that was in flight when the process was killed.
    private void requireGeneration(long row, byte[] value) {
        for (long batch = trial.acknowledged(); batch <= trial.acknowledged() + 2; batch++) {
            if (Arrays.equals(value, Rows.value(row, batch + 1))) {
                return;
            }
        }
        throw new IllegalStateException(
                "batch " + trial.acknowledged() + " was acknowledged before the kill and row " + row + " is not of it");
    }

    private long row(long batch, int index) {
        return Long.remainderUnsigned(Rows.scramble(batch * BATCH + index), trial.records());
    }

    private static void requireRow(Peer store, long row) throws Exception {
        try (Reader reader = store.reader()) {
            if (reader.get(Rows.key(row), new byte[Rows.VALUE_BYTES]) != Rows.VALUE_BYTES) {
                throw new IllegalStateException("row " + row + " is missing after opening");
            }
        }
    }
}
