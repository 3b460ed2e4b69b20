package coppice.bench;

import coppice.bench.peer.Peer;
import coppice.bench.peer.Rows;
import coppice.bench.peer.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Lets the JVM compile a store's paths on small stores that are thrown away: several, because compiled code comes in
/// steps, and the last step comes late.
final class WarmUp {
    private static final int ROUNDS = 5;
    private static final int ROWS = 100_000;
    private static final int READS = 200_000;
    private static final int RANGES = 2_000;
    private static final int BATCHES = 10;
    private static final int BATCH = 1_000;

    private WarmUp() {}

    static void run(Trial trial) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            once(trial);
        }
    }

    private static void once(Trial trial) throws Exception {
        Path place = Directories.fresh(trial.directory(), "warm-up");
        Peer store = trial.open(place);
        store.load(ROWS);
        var random = new SplittableRandom(1);
        if (store.reads()) {
            read(store, random);
        }
        try (Writer writer = store.writer()) {
            for (int i = 0; i < BATCHES; i++) {
                writer.put(batch(random, ROWS, BATCH, i));
            }
        }
        store.close();
        Directories.delete(place);
    }

    private static void read(Peer store, SplittableRandom random) throws Exception {
        byte[] key = new byte[Rows.KEY_BYTES];
        byte[] value = new byte[Rows.VALUE_BYTES];
        try (var reader = store.reader()) {
            for (int i = 0; i < READS; i++) {
                Rows.key(random.nextInt(ROWS), key);
                reader.get(key, value);
            }
            for (int i = 0; i < 3; i++) {
                reader.scan();
            }
            for (int i = 0; i < RANGES; i++) {
                Rows.key(random.nextInt(ROWS), key);
                reader.range(key, 100, value);
            }
        }
    }

    /// New values of random rows.
    static List<Writer.Entry> batch(SplittableRandom random, int rows, int size, long generation) {
        List<Writer.Entry> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int row = random.nextInt(rows);
            batch.add(new Writer.Entry(Rows.key(row), Rows.value(row, generation)));
        }
        return batch;
    }
}
