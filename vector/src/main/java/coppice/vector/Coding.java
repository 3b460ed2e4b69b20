package coppice.vector;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The codes of one kind that a slab has, which are made when they are first asked for. Safe for all threads.
final class Coding<C extends Codes<?>> {
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable C codes;

    /// The codes, of so many rows at least.
    C upTo(int rows, Supplier<C> make) {
        C made = codes;
        return made != null && made.coded() >= rows ? made : extended(rows, make);
    }

    private C extended(int rows, Supplier<C> make) {
        lock.lock();
        try {
            C before = codes;
            C made = before == null ? make.get() : before;
            made.extend(rows);
            codes = made;
            return made;
        } finally {
            lock.unlock();
        }
    }

    /// How many bytes they take so far.
    long bytes() {
        C made = codes;
        return made == null ? 0 : made.bytes();
    }
}
