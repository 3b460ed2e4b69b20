package coppice.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Reports measured values to the parent process, each with the number of cores that others kept busy meanwhile, so
/// that a disturbed measurement can be told from a slow store. Where there is no `/proc`, nobody seems to disturb.
final class Meter {
    /// What begins a line that is meant for the parent.
    static final String MARK = "@@";

    private static final Path PROCESSOR_TIMES = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;
    private static final double QUIET_CORES = 0.15;
    private static final int SETTLE_MILLIS = 1_000;
    private static final long SETTLE_NANOS_MAX = 30_000_000_000L;
    private static final int PROBE_MILLIS = 200;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final double patienceSeconds;
    private Reading began;

    /// @param patienceSeconds how long to wait at most for others to fall silent
    Meter(double patienceSeconds) throws IOException {
        this.patienceSeconds = patienceSeconds;
        began = read();
    }

    /// Waits until others are quiet, then begins to watch them. Call before each timed part.
    void start() throws IOException, InterruptedException {
        long until = System.nanoTime() + (long) (patienceSeconds * 1e9);
        began = read();
        while (System.nanoTime() < until) {
            Thread.sleep(PROBE_MILLIS);
            if (foreignCores() < QUIET_CORES) {
                break;
            }
            began = read();
        }
        began = read();
    }

    /// Waits until this process has nothing to do in the background that would be mistaken for the work of the next
    /// timed part.
    void settle() throws InterruptedException {
        long until = System.nanoTime() + SETTLE_NANOS_MAX;
        double busy = 1;
        while (busy > QUIET_CORES && System.nanoTime() < until) {
            long before = system.getProcessCpuTime();
            long from = System.nanoTime();
            Thread.sleep(SETTLE_MILLIS);
            busy = (double) (system.getProcessCpuTime() - before) / (System.nanoTime() - from);
        }
    }

    void record(Metric metric, double value) throws IOException {
        System.out.printf(Locale.ROOT, "%s %s %.6g %.2f%n", MARK, metric, value, foreignCores());
    }

    private double foreignCores() throws IOException {
        Reading now = read();
        double elapsed = now.atSeconds - began.atSeconds;
        double foreign = (now.allBusySeconds - began.allBusySeconds) - (now.ownSeconds - began.ownSeconds);
        return elapsed < 0.05 ? 0 : Math.max(0, foreign / elapsed);
    }

    private Reading read() throws IOException {
        double now = System.nanoTime() / 1e9;
        double own = system.getProcessCpuTime() / 1e9;
        if (!Files.exists(PROCESSOR_TIMES)) {
            return new Reading(own, own, now);
        }
        String[] fields = Files.readAllLines(PROCESSOR_TIMES).getFirst().split("\\s+", -1);
        double busy = 0;
        for (int field : new int[] {1, 2, 3, 6, 7, 8}) { // user nice system irq softirq steal; not idle and iowait
            busy += Double.parseDouble(fields[field]);
        }
        return new Reading(busy / TICKS_PER_SECOND, own, now);
    }

    private record Reading(double allBusySeconds, double ownSeconds, double atSeconds) {}
}
