package coppice.engine.state;

import coppice.kernel.bytes.Hash;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// What must not be swept away although no branch refers to it: what somebody still reads, and trees that are
/// being written. Safe for all threads.
public final class Roots {
    /// Something to keep, with all it reaches.
    public sealed interface Root {}

    /// A tree of rows.
    public record OfTree(Hash hash) implements Root {}

    /// A catalog.
    public record OfCatalog(Hash hash) implements Root {}

    /// A commit.
    public record OfCommit(Hash hash) implements Root {}

    private final List<Supplier<List<Root>>> sources = new CopyOnWriteArrayList<>();
    private final Set<Hold> holds = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Object> unreachable = new ReferenceQueue<>();
    private final ReentrantLock counting = new ReentrantLock();
    private final Condition finished = counting.newCondition();
    /// Writers of the present and of the past epoch, by its parity. Guarded by `counting`, like the epoch.
    private final int[] writers = new int[2];

    private int epoch;
    private final Map<Thread, Writer> writing = new ConcurrentHashMap<>();

    /// A thread that writes trees.
    private static final class Writer {
        final List<Hold> holds = new ArrayList<>();
        int epoch;
    }

    /// No roots yet.
    public Roots() {}

    /// Keeps something for a reader until it releases it, or is unreachable itself.
    public final class Hold extends WeakReference<Object> {
        private final Supplier<List<Root>> kept;

        private Hold(Object reader, Supplier<List<Root>> kept) {
            super(reader, unreachable);
            this.kept = kept;
        }

        /// Keeps it no longer. Idempotent.
        public void release() {
            holds.remove(this);
        }
    }

    /// Keeps something for a reader: the object that somebody outside holds as long as it reads.
    public Hold hold(Object reader, List<Root> kept) {
        return hold(reader, () -> kept);
    }

    /// As [#hold(Object, List)], for who mostly lets go before anybody looks.
    ///
    /// @param kept always says the same. Does not refer to the reader
    public Hold hold(Object reader, Supplier<List<Root>> kept) {
        for (Reference<?> gone = unreachable.poll(); gone != null; gone = unreachable.poll()) {
            ((Hold) gone).release();
        }
        Hold hold = new Hold(reader, kept);
        holds.add(hold);
        return hold;
    }

    /// Keeps, for good, whatever something says whenever a sweep looks. What it gives up must be kept by a [Hold]
    /// by then, as those are looked at afterwards.
    public void keep(Supplier<List<Root>> source) {
        sources.add(source);
    }

    /// All that is kept for readers.
    public List<Root> held() {
        List<Root> all = new ArrayList<>();
        sources.forEach(source -> all.addAll(source.get()));
        holds.removeIf(hold -> hold.refersTo(null)); // some may not have been queued yet
        holds.forEach(hold -> all.addAll(hold.kept.get()));
        return all;
    }

    /// Writes trees. A sweep that begins meanwhile waits for the end before it looks at what is reachable, so
    /// what is written must be held or published by then.
    public <T> T writing(Supplier<T> writer) {
        if (writing.containsKey(Thread.currentThread())) {
            return writer.get();
        }
        Writer mine = new Writer();
        writing.put(Thread.currentThread(), mine);
        enter(mine);
        try {
            return writer.get();
        } finally {
            leave(mine.epoch);
            writing.remove(Thread.currentThread());
            mine.holds.forEach(Hold::release);
        }
    }

    /// Does something slow, in the midst of [#writing] or not, that no sweep shall wait for.
    ///
    /// @param kept what was written and is needed afterwards: it is kept until the writing ends
    public void resting(List<Root> kept, Runnable body) {
        Writer mine = writing.get(Thread.currentThread());
        if (mine == null) {
            body.run();
            return;
        }
        mine.holds.add(hold(mine, kept)); // a sweep that begins now need not wait, and finds it
        leave(mine.epoch);
        writing.remove(Thread.currentThread()); // whoever writes in the body is a writer of its own
        try {
            body.run();
        } finally {
            writing.put(Thread.currentThread(), mine);
            enter(mine);
        }
    }

    private void enter(Writer mine) {
        counting.lock();
        try {
            writers[epoch]++;
            mine.epoch = epoch;
        } finally {
            counting.unlock();
        }
    }

    private void leave(int mine) {
        counting.lock();
        try {
            if (--writers[mine] == 0) {
                finished.signalAll();
            }
        } finally {
            counting.unlock();
        }
    }

    /// Waits until every tree that is being written now is finished. Nobody waits for the caller: who begins to
    /// write meanwhile is not waited for. One caller at a time.
    public void awaitWriters() {
        counting.lock();
        try {
            int past = epoch;
            epoch = 1 - past;
            while (writers[past] > 0) {
                finished.awaitUninterruptibly();
            }
        } finally {
            counting.unlock();
        }
    }
}
