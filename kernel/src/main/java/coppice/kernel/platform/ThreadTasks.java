package coppice.kernel.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Platform daemon threads: background work is long-lived and does blocking file I/O, which virtual threads
/// would not help.
enum ThreadTasks implements Tasks {
    INSTANCE;

    private static final ScopedValue<CountDownLatch> STOPPED = ScopedValue.newInstance();

    @Override
    public Task start(String name, Runnable body) {
        return new Running(name, _ -> body.run());
    }

    @Override
    public void startLight(String name, Runnable body) {
        Thread.ofVirtual().name(name).start(body);
    }

    @Override
    public Task every(String name, Duration pause, Runnable body) {
        return new Running(name, stopped -> {
            while (!awaitStop(stopped, pause)) {
                body.run();
            }
        });
    }

    @Override
    public void sleep(Duration duration) {
        CountDownLatch stopped = STOPPED.isBound() ? STOPPED.get() : new CountDownLatch(1);
        try {
            // Whether it was stopped or the time is over is for the caller to find out.
            boolean _ = stopped.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean awaitStop(CountDownLatch stopped, Duration pause) {
        try {
            return stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            // Nobody but a stop() may end the task: an interrupt only shortens this pause.
            return stopped.getCount() == 0;
        }
    }

    static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Body {
        void run(CountDownLatch stopped);
    }

    private static final class Running implements Task {
        private final CountDownLatch stopped = new CountDownLatch(1);
        private final Thread thread;
        private volatile @Nullable Throwable failure;

        Running(String name, Body body) {
            thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> guarded(body));
            thread.start();
        }

        private void guarded(Body body) {
            try {
                ScopedValue.where(STOPPED, stopped).run(() -> body.run(stopped));
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }

        @Override
        public void stop() {
            stopped.countDown();
        }

        @Override
        public void join() {
            joinUninterruptibly(thread);
        }

        @Override
        public boolean join(Duration limit) {
            boolean interrupted = false;
            long begun = System.nanoTime();
            Duration left = limit;
            while (thread.isAlive() && left.isPositive()) {
                try {
                    thread.join(left);
                } catch (InterruptedException _) {
                    interrupted = true;
                }
                left = limit.minusNanos(System.nanoTime() - begun);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return ended();
        }

        @Override
        public void interrupt() {
            thread.interrupt();
        }

        @Override
        public boolean ended() {
            return !thread.isAlive();
        }

        @Override
        public Optional<Throwable> failure() {
            return Optional.ofNullable(failure);
        }
    }
}
