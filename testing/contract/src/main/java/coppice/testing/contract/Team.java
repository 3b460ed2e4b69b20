package coppice.testing.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;

/// Several threads that do the same work at the same time, half of them virtual.
final class Team {
    private Team() {}

    /// Runs the work with members 0, 1, 2 ... and waits for all of them.
    ///
    /// @throws AssertionError when any of them fails, with all failures
    static void of(int members, IntConsumer work) {
        CountDownLatch start = new CountDownLatch(1);
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            int member = i;
            Runnable body = () -> {
                try {
                    start.await();
                    work.accept(member);
                } catch (Throwable failure) {
                    synchronized (failures) {
                        failures.add(failure);
                    }
                }
            };
            threads.add(
                    i % 2 == 0
                            ? Thread.ofPlatform().start(body)
                            : Thread.ofVirtual().start(body));
        }
        start.countDown();
        for (Thread thread : threads) {
            join(thread);
        }
        if (!failures.isEmpty()) {
            AssertionError error = new AssertionError(failures.size() + " of " + members + " threads failed");
            failures.forEach(error::addSuppressed);
            throw error;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for " + thread, e);
        }
    }
}
