package coppice.kernel.exchange;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Tasks;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.PackStore;
import coppice.kernel.store.StoredChunk;
import coppice.kernel.tree.ChunkWalk;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Chunks of a store for another one, which keeps them as they are stored. What is expected is read ahead by a task,
/// so that reading and checking here run beside what is done with it there; whoever comes first does the work.
public final class PackSource implements ChunkWalk.Source {
    /// What has been read ahead and not been asked for, in bytes: about this, or one chunk more.
    private static final long AHEAD_BYTES = 4L << 20;

    private final PackStore from;
    private final Tasks tasks;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition finished = lock.newCondition();
    private final Map<Hash, Slot> slots = new HashMap<>();
    private final Deque<Slot> waiting = new ArrayDeque<>();
    private long ahead;
    private boolean working;

    /// A chunk that is expected: untouched, being read by the task, or read. Guarded by `lock`.
    private static final class Slot {
        private final Hash hash;
        private boolean taken;
        private @Nullable StoredChunk chunk;
        private @Nullable RuntimeException failure;

        Slot(Hash hash) {
            this.hash = hash;
        }
    }

    /// @param from must stay open
    /// @param tasks read ahead
    public PackSource(PackStore from, Tasks tasks) {
        this.from = from;
        this.tasks = tasks;
    }

    @Override
    public byte[] read(Hash hash) {
        return stored(hash).chunk();
    }

    @Override
    public byte[] bring(Hash hash, Chunks into) {
        StoredChunk stored = stored(hash);
        if (into instanceof PackStore packs) {
            packs.writeStored(stored);
        } else {
            into.writeShared(hash, stored.chunk());
        }
        return stored.chunk();
    }

    @Override
    public void expect(List<Hash> hashes) {
        lock.lock();
        try {
            // What is below a node is read before its siblings.
            for (Hash hash : hashes.reversed()) {
                Slot slot = new Slot(hash);
                if (slots.putIfAbsent(hash, slot) == null) {
                    waiting.addFirst(slot);
                }
            }
        } finally {
            lock.unlock();
        }
        startWork();
    }

    private StoredChunk stored(Hash hash) {
        Slot slot;
        lock.lock();
        try {
            slot = slots.remove(hash);
            if (slot != null && slot.taken) {
                return awaited(slot);
            }
            if (slot != null) {
                slot.taken = true;
            }
        } finally {
            lock.unlock();
        }
        return from.readStored(hash);
    }

    private StoredChunk awaited(Slot slot) {
        while (slot.chunk == null && slot.failure == null) {
            finished.awaitUninterruptibly();
        }
        RuntimeException failure = slot.failure;
        StoredChunk chunk = slot.chunk;
        if (chunk == null) {
            throw failure == null ? new IllegalStateException("A chunk was neither read nor failed") : failure;
        }
        boolean mayGoOn = ahead >= AHEAD_BYTES;
        ahead -= chunk.chunk().length;
        if (mayGoOn && ahead < AHEAD_BYTES) {
            startWork();
        }
        return chunk;
    }

    private void startWork() {
        lock.lock();
        try {
            if (working || waiting.isEmpty() || ahead >= AHEAD_BYTES) {
                return;
            }
            working = true;
        } finally {
            lock.unlock();
        }
        var _ = tasks.start("coppice-read-ahead", this::work);
    }

    private void work() {
        for (Slot next = take(); next != null; next = take()) {
            StoredChunk chunk = null;
            RuntimeException failure = null;
            try {
                chunk = from.readStored(next.hash);
            } catch (RuntimeException e) {
                failure = e;
            }
            lock.lock();
            try {
                next.chunk = chunk;
                next.failure = failure;
                ahead += chunk == null ? 0 : chunk.chunk().length;
                finished.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /// The next chunk for the task, or null when it should end.
    private @Nullable Slot take() {
        lock.lock();
        try {
            Slot next = ahead >= AHEAD_BYTES ? null : waiting.poll();
            while (next != null && next.taken) {
                next = waiting.poll();
            }
            if (next == null) {
                working = false;
            } else {
                next.taken = true;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
