package coppice.bench;

import com.sun.management.OperatingSystemMXBean;
import coppice.api.Database;
import coppice.api.structure.Dict;
import coppice.api.structure.Lease;
import coppice.api.structure.NamedLock;
import coppice.bench.structure.CoppiceStructures;
import coppice.bench.structure.StructureStore.Safety;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Measures what a hundred thousand virtual threads that wait for a lock take: of writes to a dict, of a second in
/// which nothing happens, and of the heap. With them and without take turns.
final class Waiters {
    private static final int WAITERS = 100_000;
    private static final int ROUNDS = 7;
    private static final int KEYS = 50_000;
    private static final long IDLE_MILLIS = 1_000;

    private final Trial trial;
    private final Meter meter;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final int waiters;
    private long written;

    Waiters(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
        this.waiters = Math.min(WAITERS, trial.rows());
    }

    void run() throws Exception {
        try (CoppiceStructures store = new CoppiceStructures()) {
            store.open(Directories.fresh(trial.directory(), "waiters"), trial.cacheBytes(), Safety.WRITTEN);
            Database db = store.database();
            Dict<String> dict = db.dict("people", String.class);
            write(dict, 2 * trial.seconds());
            meter.settle();
            meter.start();
            List<Double> ratios = new ArrayList<>();
            List<Double> idle = new ArrayList<>();
            List<Double> heap = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                boolean isLast = round % 2 == 1; // so that nobody always comes second
                double without = isLast ? 0 : write(dict, trial.seconds());
                double used = usedBytes();
                try (Crowd _ = new Crowd(db.lock("door"), waiters)) {
                    heap.add((usedBytes() - used) / waiters);
                    idle.add(rest());
                    ratios.add(write(dict, trial.seconds()));
                }
                double beside = isLast ? write(dict, trial.seconds()) : without;
                ratios.set(round, ratios.get(round) / beside);
            }
            meter.record(Metric.WAITERS_WRITES, Spread.of(ratios).median());
            meter.record(Metric.WAITERS_IDLE, Spread.of(idle).median());
            meter.record(Metric.WAITERS_HEAP, Spread.of(heap).median());
        }
    }

    /// Threads that wait until it is closed.
    private static final class Crowd implements AutoCloseable {
        private final Lease held;
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

        Crowd(NamedLock lock, int size) throws InterruptedException {
            held = lock.acquire();
            for (int i = 0; i < size; i++) {
                threads.execute(() -> lock.acquire().close());
            }
            while (lock.status().waiting() < size) {
                Thread.sleep(1);
            }
        }

        @Override
        public void close() {
            held.close();
            threads.close();
        }
    }

    private static double usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// Entries a second.
    private double write(Dict<String> dict, double seconds) throws InterruptedException {
        meter.settle();
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        long before = written;
        while (System.nanoTime() < end) {
            dict.put("person:" + written % KEYS, "value " + written++);
        }
        return (written - before) * 1e9 / (System.nanoTime() - began);
    }

    /// Milliseconds of processor time that all threads take in a second in which nobody does anything.
    private double rest() throws InterruptedException {
        meter.settle();
        long processor = system.getProcessCpuTime();
        long began = System.nanoTime();
        Thread.sleep(IDLE_MILLIS);
        return (system.getProcessCpuTime() - processor) * 1e3 / (System.nanoTime() - began);
    }
}
