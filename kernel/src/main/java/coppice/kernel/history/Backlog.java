package coppice.kernel.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Things to be done by several threads, each of which may lead to more. Thread-safe.
final class Backlog<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<T> open = new ArrayDeque<>();
    private int busy;
    private boolean failed;

    /// Adds something to be done: the last comes first.
    void add(T item) {
        lock.lock();
        try {
            open.push(item);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Does one thing after the other until nothing is left and nobody does anything that might lead to more. When
    /// one of the threads throws, all end.
    void work(Consumer<T> step) {
        for (T next = take(); next != null; next = take()) {
            boolean done = false;
            try {
                step.accept(next);
                done = true;
            } finally {
                leave(done);
            }
        }
    }

    private @Nullable T take() {
        lock.lock();
        try {
            while (open.isEmpty() && busy > 0 && !failed) {
                changed.awaitUninterruptibly();
            }
            T next = failed ? null : open.poll();
            busy += next == null ? 0 : 1;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void leave(boolean done) {
        lock.lock();
        try {
            busy--;
            failed |= !done;
            if (failed || (busy == 0 && open.isEmpty())) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
