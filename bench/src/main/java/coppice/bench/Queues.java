package coppice.bench;

import coppice.bench.Hands.Hand;
import coppice.bench.structure.StructureStore;
import coppice.bench.structure.StructureStore.QueueUser;
import coppice.bench.structure.StructureStore.Safety;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;

/// Measures a queue that four threads put jobs into and four take jobs from, synced and not, each job for itself.
final class Queues {
    private static final int EACH = 4;
    private static final int WARM_ROUNDS = 3;
    private static final int PRIORITIES = 5;
    private static final int LIMIT_MILLIS = 10;
    private static final String JOB = "x".repeat(80);

    private final Trial trial;
    private final Meter meter;

    Queues(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    void run() throws Exception {
        try (StructureStore store = open(Safety.WRITTEN)) {
            for (int round = 0; round < WARM_ROUNDS; round++) {
                steps(store);
            }
            measure(store, Metric.QUEUE_WRITTEN, Metric.QUEUE_TAKEN_WRITTEN);
        }
        try (StructureStore store = open(Safety.SYNCED)) {
            steps(store);
            measure(store, Metric.QUEUE, Metric.QUEUE_TAKEN);
        }
    }

    private StructureStore open(Safety safety) throws Exception {
        StructureStore store = StructureStore.named(trial.peer());
        store.open(Directories.fresh(trial.directory(), "queue"), trial.cacheBytes(), safety);
        return store;
    }

    private void measure(StructureStore store, Metric all, Metric taken) throws Exception {
        meter.settle();
        meter.start();
        Steps steps = steps(store);
        meter.record(all, steps.all());
        meter.record(taken, steps.taken());
    }

    /// How many steps there were in a second, and how many of them took a job.
    private record Steps(double all, double taken) {}

    private Steps steps(StructureStore store) throws Exception {
        LongAdder taken = new LongAdder();
        List<Callable<Hand>> hands = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            hands.add(() -> producer(store.queue()));
            hands.add(() -> consumer(store.queue(), taken));
        }
        double rate = Hands.rate(trial.seconds(), hands);
        return new Steps(rate, taken.sum() / trial.seconds());
    }

    private static Hand producer(QueueUser queue) {
        return new Hand() {
            private int count;

            @Override
            public boolean act() throws Exception {
                queue.put(JOB + count, count++ % PRIORITIES);
                return true;
            }

            @Override
            public void close() throws SQLException {
                queue.close();
            }
        };
    }

    private static Hand consumer(QueueUser queue, LongAdder taken) {
        return new Hand() {
            @Override
            public boolean act() throws Exception {
                boolean isTaken = queue.take(LIMIT_MILLIS);
                if (isTaken) {
                    taken.increment();
                }
                return isTaken;
            }

            @Override
            public void close() throws SQLException {
                queue.close();
            }
        };
    }
}
