package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Tasks;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes chunks from writers, leaves out what is stored already, compresses the rest beside the writers and appends it
/// in the order in which it came.
///
/// Chunks gather in batches; a full batch wakes a task that compresses. When the task falls behind, the
/// writers compress too, so the queue is bounded and two cores are both at work. A failed append leaves its
/// batch at the head of the queue: chunks stay readable from memory, the writer that meets the failure gets
/// it before its own chunk is taken in, and the next write or drain tries again.
final class WritePipeline {
    private static final int BATCH_BYTES = 256 << 10;
    private static final int BATCH_CHUNKS = 1024;
    private static final int QUEUE_LIMIT = 8;

    /// Where encoded batches go. Called by one thread at a time.
    interface Sink {
        /// Appends all records or, by an exception, none.
        ///
        /// @param hashes the names of the chunks in order
        void append(Records records, List<Hash> hashes);
    }

    /// Knows what packs hold.
    @FunctionalInterface
    interface Stored {
        /// The numbers of those of some chunks that need not be written.
        BitSet among(List<Hash> hashes);
    }

    private final ChunkCodec codec;
    private final Tasks tasks;
    private final Sink sink;
    private final Stored stored;
    /// Chunks that cannot be found in a pack yet.
    private final ConcurrentHashMap<Hash, byte[]> waiting = new ConcurrentHashMap<>();

    private final ReentrantLock appending = new ReentrantLock();

    private final ReentrantLock staging = new ReentrantLock();
    private final Condition moved = staging.newCondition();
    private final ArrayDeque<Entry> queue = new ArrayDeque<>();
    private Batch open = new Batch();
    /// Chunks in the queue that are to be written even if a pack holds them. Guarded by `staging`.
    private final Set<Hash> needed = new HashSet<>();

    private long queued;
    private long appended;
    private boolean working;
    private volatile boolean closed;

    /// A batch in the queue: untouched, being encoded by someone, or encoded. Guarded by `staging`.
    private static final class Entry {
        Batch batch;
        boolean taken;

        @Nullable
        Records records;

        Entry(Batch batch) {
            this.batch = batch;
        }
    }

    WritePipeline(ChunkCodec codec, Tasks tasks, Sink sink, Stored stored) {
        this.codec = codec;
        this.tasks = tasks;
        this.sink = sink;
        this.stored = stored;
    }

    /// The chunk, if it is not yet in a pack. Not to be changed.
    byte @Nullable [] waiting(Hash hash) {
        return waiting.get(hash);
    }

    /// Visits the names of the chunks that are not yet in a pack.
    void visitWaiting(Consumer<Hash> visitor) {
        waiting.keySet().forEach(visitor);
    }

    /// How many chunks are not yet in a pack.
    int waiting() {
        return waiting.size();
    }

    /// Takes a chunk in; the array is the pipeline's from now on.
    void add(Hash hash, byte[] chunk) {
        add(hash, chunk, null, false);
    }

    /// The same, of a chunk of which the record may be at hand.
    ///
    /// @param isNeeded whether it is to be written even if a pack holds it
    void add(Hash hash, byte[] chunk, byte @Nullable [] record, boolean isNeeded) {
        makeRoom();
        boolean start = false;
        staging.lock();
        try {
            // Under the lock, so that whoever sees the chunk waiting can also drain it.
            if (isNeeded) {
                needed.add(hash);
            }
            if (waiting.putIfAbsent(hash, chunk) != null) {
                return;
            }
            open.add(hash, chunk, record);
            if (open.bytes() >= BATCH_BYTES || open.count() >= BATCH_CHUNKS) {
                enqueueOpen();
                start = !working;
                working = true;
            }
        } finally {
            staging.unlock();
        }
        if (start) {
            startWork();
        }
    }

    private void enqueueOpen() {
        queue.add(new Entry(open));
        queued++;
        open = new Batch();
    }

    private void startWork() {
        boolean started = false;
        try {
            var _ = tasks.start("coppice-pack-writer", this::work);
            started = true;
        } finally {
            if (!started) {
                endWork();
            }
        }
    }

    private void makeRoom() {
        while (true) {
            staging.lock();
            try {
                if (queue.size() < QUEUE_LIMIT) {
                    return;
                }
            } finally {
                staging.unlock();
            }
            advance();
        }
    }

    /// Returns when everything added before has been appended.
    void drain() {
        long target;
        staging.lock();
        try {
            if (open.count() > 0) {
                enqueueOpen();
            }
            target = queued;
        } finally {
            staging.unlock();
        }
        while (appendedBefore(target)) {
            advance();
        }
    }

    private boolean appendedBefore(long target) {
        staging.lock();
        try {
            return appended < target;
        } finally {
            staging.unlock();
        }
    }

    private void work() {
        boolean ended = false;
        try {
            while (!ended) {
                Entry next = take(true);
                if (next == null) {
                    ended = true;
                } else {
                    encode(next);
                    appendEncoded();
                }
            }
        } finally {
            if (!ended) {
                // The next writer or drain meets the same failure and reports it.
                endWork();
            }
        }
    }

    private void endWork() {
        staging.lock();
        try {
            working = false;
            moved.signalAll();
        } finally {
            staging.unlock();
        }
    }

    /// Does the next piece of work there is, or waits until somebody else has done some.
    private void advance() {
        if (closed) {
            throw new IllegalStateException("The chunk store is closed. Open the database again.");
        }
        Entry next = take(false);
        if (next != null) {
            encode(next);
        }
        appendEncoded();
        if (next == null) {
            awaitHead();
        }
    }

    /// Only a head that is in somebody's hands is worth waiting for.
    private void awaitHead() {
        staging.lock();
        try {
            Entry head = queue.peek();
            while (head != null && head == queue.peek() && head.taken && head.records == null && !closed) {
                moved.awaitUninterruptibly();
            }
        } finally {
            staging.unlock();
        }
    }

    /// The first batch that nobody works on. For the task, finding none is its end.
    private @Nullable Entry take(boolean task) {
        staging.lock();
        try {
            for (Entry entry : queue) {
                if (!entry.taken && !closed) {
                    entry.taken = true;
                    return entry;
                }
            }
            if (task) {
                working = false;
            }
            return null;
        } finally {
            staging.unlock();
        }
    }

    private void encode(Entry entry) {
        Records records = null;
        try {
            BitSet known = stored.among(entry.batch.hashes());
            entry.batch = known.isEmpty() ? entry.batch : entry.batch.without(known, this::letGo);
            records = codec.encode(entry.batch);
        } finally {
            staging.lock();
            try {
                entry.records = records;
                entry.taken = records != null;
                moved.signalAll();
            } finally {
                staging.unlock();
            }
        }
    }

    /// Stops waiting for a chunk that a pack holds, unless it is needed all the same.
    private boolean letGo(Hash hash) {
        staging.lock();
        try {
            if (needed.contains(hash)) {
                return false;
            }
            waiting.remove(hash);
            return true;
        } finally {
            staging.unlock();
        }
    }

    /// Appends what is encoded at the head of the queue.
    private void appendEncoded() {
        appending.lock();
        try {
            for (Entry head = encodedHead(); head != null && !closed; head = encodedHead()) {
                Records records = head.records;
                if (records == null) {
                    return;
                }
                List<Hash> hashes = head.batch.hashes();
                if (!hashes.isEmpty()) {
                    sink.append(records, hashes);
                }
                codec.giveBack(records);
                staging.lock();
                try {
                    hashes.forEach(waiting::remove);
                    hashes.forEach(needed::remove);
                    queue.remove();
                    appended++;
                    moved.signalAll();
                } finally {
                    staging.unlock();
                }
            }
        } finally {
            appending.unlock();
        }
    }

    /// Ends all appending; what waits is given up.
    void close() {
        appending.lock();
        try {
            closed = true;
        } finally {
            appending.unlock();
        }
        endWork();
    }

    private @Nullable Entry encodedHead() {
        staging.lock();
        try {
            Entry head = queue.peek();
            return head != null && head.records != null ? head : null;
        } finally {
            staging.unlock();
        }
    }
}
