package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The growing end of the store: the pack that records are appended to, its sealing, and the state of all
/// packs at one moment. Thread-safe; one lock, held during the write of a batch but never during a sync.
final class PackAppender implements WritePipeline.Sink {
    private final PackFolder folder;
    private final PackOptions options;
    private final PackList list;
    private final AtomicLong nextId;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable PackWriter growing;

    PackAppender(PackFolder folder, PackOptions options, PackList list, long nextId, @Nullable PackWriter growing) {
        this.folder = folder;
        this.options = options;
        this.list = list;
        this.nextId = new AtomicLong(nextId);
        this.growing = growing;
    }

    /// An id that no pack ever had.
    long newId() {
        return nextId.getAndIncrement();
    }

    @Override
    public void append(Records records, List<Hash> hashes) {
        append(Place.OFFSET_LIMIT, hashes.size(), records.length(), writer -> writer.append(records, hashes));
    }

    /// Appends the record of a group, whose chunks have these names.
    void appendGroup(byte[] record, List<Hash> hashes) {
        long limit = Place.GROUP_OFFSET_LIMIT;
        append(limit, hashes.size(), record.length, writer -> writer.appendGroup(record, hashes));
    }

    private void append(long limit, int chunks, int bytes, Consumer<PackWriter> append) {
        lock.lock();
        try {
            PackWriter writer = growing;
            long packBytes = Math.min(limit, options.packBytes(list.bytes()));
            if (writer != null && !writer.hasRoom(packBytes, options.packChunks(), chunks, bytes)) {
                seal();
                writer = null;
            }
            if (writer == null) {
                writer = PackWriter.create(folder, newId());
                growing = writer;
            }
            boolean first = writer.isEmpty();
            append.accept(writer);
            if (first) {
                list.add(writer.pack());
            }
        } finally {
            lock.unlock();
        }
    }

    /// Seals the growing pack, unless it is empty, and any that could not be sealed before for lack of space.
    void seal() {
        lock.lock();
        try {
            PackWriter writer = growing;
            if (writer != null && !writer.isEmpty()) {
                growing = null;
            }
            list.packs().forEach(Pack::seal);
        } finally {
            lock.unlock();
        }
    }

    /// Closes what the list does not know of.
    void close() {
        lock.lock();
        try {
            PackWriter writer = growing;
            if (writer != null && writer.isEmpty()) {
                writer.pack().release();
            }
            growing = null;
        } finally {
            lock.unlock();
        }
    }

    /// A state to be made durable, and the packs it is about, held for the caller.
    record Capture(PackState state, List<Pack> packs) {
        /// Makes durable what the state describes, but for the names of the files.
        void sync() {
            for (int i = 0; i < packs.size(); i++) {
                packs.get(i).sync(state.packs().get(i).length());
            }
        }
    }

    /// The state of this moment, sealed where it is due, or null when packs have been replaced since
    /// `replacements`.
    @Nullable
    Capture capture(long replacements) {
        lock.lock();
        try {
            PackWriter writer = growing;
            if (writer == null || writer.length() >= options.sealBytes()) {
                seal();
            }
            List<Pack> packs = new ArrayList<>(list.packs());
            if (list.replacements() != replacements) {
                return null;
            }
            if (!packs.stream().allMatch(Pack::hold)) {
                throw new IllegalStateException("The chunk store is closed. Open the database again.");
            }
            packs.sort(Comparator.comparingLong(Pack::id));
            return new Capture(
                    new PackState(nextId.get(), packs.stream().map(Pack::entry).toList()), packs);
        } finally {
            lock.unlock();
        }
    }
}
