package coppice.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Threads that do the same thing again and again for a time.
final class Hands {
    private Hands() {}

    /// What one of them works with.
    interface Hand extends AutoCloseable {
        /// Does it once.
        ///
        /// @return whether it counts
        boolean act() throws Exception;

        @Override
        void close() throws SQLException;
    }

    /// How often all together did it in a second.
    static double rate(double seconds, List<Callable<Hand>> hands) throws Exception {
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        long count = 0;
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<Long>> counts = new ArrayList<>();
            hands.forEach(hand -> counts.add(threads.submit(() -> work(hand, end))));
            for (Future<Long> one : counts) {
                count += one.get();
            }
        }
        return count * 1e9 / (System.nanoTime() - began);
    }

    private static long work(Callable<Hand> opening, long end) throws Exception {
        long count = 0;
        try (Hand hand = opening.call()) {
            while (System.nanoTime() < end) {
                count += hand.act() ? 1 : 0;
            }
        }
        return count;
    }
}
