package coppice.kernel.store;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Copies the packs of one store into another as they are, and proves each record on the way: one thread at a time
/// takes the next stretch of whole records, all prove what they took and write it to the same place of the new
/// pack. What is in the other store already is read and proved along, so that whoever listens learns of all of it.
///
/// A pack counts when all of it is sound and written; of one that is damaged nothing is kept. Both stores may be
/// used meanwhile, but neither sweep nor merge may run in the one that is copied into. Memory: 2.3 MiB a thread,
/// and some 90 bytes for each chunk of the packs at hand.
public final class PackCopy {
    /// Is told what has been proved, on its way into the other store or there already. Called by all threads.
    public interface Listener extends ChunkListener {
        /// So many chunks of so many bytes, before compression, have been copied since the last time.
        void copied(long chunks, long bytes);
    }

    /// What has come of it.
    ///
    /// @param isSound whether every pack of both was sound
    /// @param syncing makes durable what was written: wait for it before the store is closed. If it fails, so does
    ///     the next sync of the store.
    public record Copied(boolean isSound, Task syncing) {}

    private static final int PROBE_BYTES = 256 << 10;

    /// When so much has been written it is synced beside the copy, and less when little is left to be written, so
    /// that at the end little is left to wait for.
    private static final int SYNC_BYTES = 8 << 20;

    private static final int LAST_SYNC_BYTES = 1 << 20;

    /// Towards the end stretches are shorter, so that nobody works alone at last.
    private static final int SHORTEST_STRETCH = 64 << 10;

    private final PackStore to;
    private final Listener listener;
    private final Iterator<Copy> copies;
    private final int workers;
    private final ReentrantLock taking = new ReentrantLock();
    private final Set<Pack> unsynced = new LinkedHashSet<>(); // guarded by taking
    private long unsyncedBytes; // guarded by taking
    private long leftBytes; // guarded by taking
    private @Nullable Task syncing; // guarded by taking
    private @Nullable Copy current; // guarded by taking
    private volatile boolean failed;
    private volatile boolean damaged;

    private PackCopy(PackStore to, List<Copy> copies, int workers, Listener listener) {
        this.to = to;
        this.copies = copies.iterator();
        this.workers = workers;
        this.leftBytes = copies.stream().mapToLong(copy -> copy.end).sum();
        this.listener = listener;
    }

    /// Copies packs that are not there yet, the oldest first.
    ///
    /// @param chunksMax when the packs that are read have so many chunks, those that are left are left out
    /// @param workers how many threads work, the caller included
    /// @param between is run by the caller now and then while it works; what it throws ends the copy
    /// @throws coppice.kernel.platform.StorageException if something could not be read or written
    public static Copied run(
            PackStore from, PackStore to, long chunksMax, int workers, Listener listener, Runnable between) {
        List<Copy> copies = new ArrayList<>();
        try {
            long chunks = 0;
            for (Pack pack : to.list().packs().reversed()) {
                chunks += add(copies, pack, to, false);
            }
            for (Pack pack : from.list().packs().reversed()) {
                if (chunks < chunksMax && !isThere(pack, to)) {
                    chunks += add(copies, pack, from, true);
                }
            }
            return new PackCopy(to, copies, workers, listener).run(between);
        } finally {
            copies.forEach(Copy::end);
        }
    }

    private Copied run(Runnable between) {
        boolean ended = false;
        try {
            to.tasks().together("coppice-copy", workers, () -> work(between), () -> work(() -> {}));
            ended = true;
        } finally {
            if (!ended) {
                awaitSync();
            }
        }
        Task rest = to.tasks().start("coppice-sync", () -> {
            awaitSync();
            to.sync();
        });
        return new Copied(!damaged, rest);
    }

    /// Returns how many chunks there are in the pack.
    private static long add(List<Copy> copies, Pack pack, PackStore of, boolean isNew) {
        if (!pack.hold()) {
            return 0; // it has been replaced: what is in it is moved chunk by chunk
        }
        copies.add(new Copy(pack, of.codec(), isNew));
        return pack.index().count();
    }

    /// Whether most of a pack is there, as its beginning tells: then it was copied before, or moves faster chunk
    /// by chunk.
    private static boolean isThere(Pack pack, PackStore to) {
        if (to.list().packs().isEmpty()) {
            return false;
        }
        byte[] bytes = new byte[(int) Math.min(PROBE_BYTES, pack.length() - PackHeader.LENGTH)];
        pack.file().readUpTo(PackHeader.LENGTH, bytes, 0, bytes.length);
        int records = 0;
        int found = 0;
        int at = 0;
        while (at + PackRecord.HEADER <= bytes.length
                && PackRecord.isHeader(PackHeader.LENGTH + at, bytes, at, pack.length())) {
            records++;
            found += to.contains(PackRecord.hash(bytes, at)) ? 1 : 0;
            at += PackRecord.HEADER + Bytes.i32(bytes, at);
        }
        return records > 0 && found >= (records + 1) / 2;
    }

    /// A pack that is read, and the one that is made of it. Its fields are guarded by `taking`.
    private static final class Copy {
        private final Pack pack;
        private final ChunkCodec codec;
        private final long end;
        private final boolean isNew;
        private final List<Stretch> stretches = new ArrayList<>();
        private long position = PackHeader.LENGTH;
        private int underWay;
        private boolean isDamaged;
        private @Nullable PackWriter target;

        Copy(Pack pack, ChunkCodec codec, boolean isNew) {
            this.pack = pack;
            this.codec = codec;
            this.end = pack.length();
            this.isNew = isNew;
        }

        boolean isTaken() {
            return position >= end || isDamaged;
        }

        /// Lets the pack go, and what has been made of it unless it was completed.
        void end() {
            PackWriter unfinished = target;
            if (unfinished != null) {
                target = null;
                unfinished.pack().drop();
            }
            pack.release();
        }
    }

    /// Some whole records in a buffer, and which chunks they hold.
    private static final class Stretch {
        final Copy copy;
        final @Nullable PackWriter target;
        final long position;
        final int length;
        final List<Hash> names = new ArrayList<>();
        private long[] places = new long[64];
        private long rawBytes;

        Stretch(Copy copy, @Nullable PackWriter target, long position, int length) {
            this.copy = copy;
            this.target = target;
            this.position = position;
            this.length = length;
        }

        void met(Hash name, long place) {
            if (names.size() == places.length) {
                places = Arrays.copyOf(places, 2 * places.length);
            }
            places[names.size()] = place;
            names.add(name);
        }
    }

    private void work(Runnable between) {
        byte[] buffer = new byte[PackRecord.MAX_LENGTH];
        RecordProof proof = new RecordProof();
        boolean ended = false;
        try {
            for (Stretch next = take(buffer); next != null; next = take(buffer)) {
                boolean isSound = move(next, buffer, proof);
                done(next, isSound);
                between.run();
            }
            ended = true;
        } finally {
            if (!ended) {
                failed = true;
            }
        }
    }

    private @Nullable Stretch take(byte[] buffer) {
        taking.lock();
        try {
            while (!failed) {
                Copy copy = current;
                if (copy != null && !copy.isTaken()) {
                    Stretch taken = take(copy, buffer);
                    if (taken != null) {
                        return taken;
                    }
                } else if (copies.hasNext()) {
                    current = copies.next();
                } else {
                    return null;
                }
            }
            return null;
        } finally {
            taking.unlock();
        }
    }

    private @Nullable Stretch take(Copy copy, byte[] buffer) {
        int length;
        try {
            length = read(copy, buffer, Math.clamp(leftBytes / (4L * workers), SHORTEST_STRETCH, buffer.length));
        } catch (CorruptException _) {
            copy.isDamaged = true;
            damaged = true;
            return null;
        }
        if (copy.isNew && copy.target == null) {
            copy.target = to.newPack();
        }
        Stretch taken = new Stretch(copy, copy.target, copy.position, length);
        copy.stretches.add(taken);
        copy.position += length;
        leftBytes -= length;
        copy.underWay++;
        return taken;
    }

    /// Reads whole records from the position on, at least one; returns their length.
    ///
    /// @param limit how much to read, unless the first record is longer
    private static int read(Copy copy, byte[] buffer, int limit) {
        Pack pack = copy.pack;
        int available = (int) Math.min(limit, copy.end - copy.position);
        pack.file().read(copy.position, buffer, 0, available);
        int at = 0;
        while (available - at >= PackRecord.HEADER) {
            int length = PackRecord.checkHeader(pack.path(), copy.position + at, buffer, at, copy.end);
            if (at + length > available) {
                return at > 0 ? at : read(copy, buffer, length);
            }
            at += length;
        }
        if (at == 0 || (at < available && copy.position + available == copy.end)) {
            throw new CorruptException(
                    pack.path(), copy.position + at, "a record or the end", (available - at) + " bytes, too few");
        }
        return at;
    }

    private boolean move(Stretch stretch, byte[] buffer, RecordProof proof) {
        try {
            prove(stretch, buffer, proof);
        } catch (CorruptException _) {
            return false;
        }
        PackWriter target = stretch.target;
        if (target != null) {
            target.fill(stretch.position, buffer, stretch.length);
            listener.copied(stretch.names.size(), stretch.rawBytes);
        }
        return true;
    }

    private void prove(Stretch stretch, byte[] bytes, RecordProof proof) {
        String path = stretch.copy.pack.path();
        int at = 0;
        while (at < stretch.length) {
            long position = stretch.position + at;
            int length = PackRecord.checkHeader(path, position, bytes, at, stretch.position + stretch.length);
            proof.prove(stretch.copy.codec, path, position, bytes, at, length, new ChunkListener() {
                @Override
                public void sound(Hash hash, byte[] chunk, int size) {
                    stretch.met(hash, Place.of(position, length));
                    listener.sound(hash, chunk, size);
                }

                @Override
                public void versions(Hash[] hashes, byte[] content, int[] ends) {
                    for (int member = 0; member < hashes.length; member++) {
                        stretch.met(hashes[member], Place.of(position, length, member));
                    }
                    listener.versions(hashes, content, ends);
                }
            });
            stretch.rawBytes += PackRecord.rawLength(bytes, at);
            at += length;
        }
    }

    /// Begins a sync beside the copy when there is enough to sync and none runs. The caller holds the lock.
    private void written(Stretch stretch) {
        PackWriter target = stretch.target;
        if (target == null) {
            return;
        }
        unsynced.add(target.pack());
        unsyncedBytes += stretch.length;
        if (unsyncedBytes >= Math.clamp(leftBytes / 4, LAST_SYNC_BYTES, SYNC_BYTES)
                && (syncing == null || syncing.ended())) {
            requireSynced();
            List<Pack> packs = unsynced.stream().filter(Pack::hold).toList();
            unsynced.clear();
            unsyncedBytes = 0;
            syncing = to.tasks().start("coppice-sync", () -> sync(packs));
        }
    }

    /// Lets the next sync take in the pack's index.
    private void sealed(Pack pack) {
        taking.lock();
        try {
            unsynced.add(pack);
        } finally {
            taking.unlock();
        }
    }

    private void sync(List<Pack> packs) {
        try {
            packs.forEach(to::syncAhead);
        } finally {
            packs.forEach(Pack::release);
        }
    }

    private void awaitSync() {
        Task last = syncing;
        if (last != null) {
            last.join();
        }
    }

    /// Fails as the last sync has failed, if it did.
    private void requireSynced() {
        Task last = syncing;
        if (last != null && last.failure().orElse(null) instanceof RuntimeException failure) {
            throw failure;
        }
    }

    /// Notes that a stretch has been dealt with. Whoever comes last completes the pack.
    private void done(Stretch stretch, boolean isSound) {
        Copy copy = stretch.copy;
        PackWriter complete = null;
        taking.lock();
        try {
            if (!isSound) {
                copy.isDamaged = true;
                damaged = true;
            }
            written(stretch);
            if (--copy.underWay == 0 && copy.position >= copy.end && !copy.isDamaged) {
                complete = copy.target;
                copy.target = null;
            }
        } finally {
            taking.unlock();
        }
        if (complete != null) {
            boolean shown = false;
            try {
                for (Stretch filled : copy.stretches) {
                    complete.filled(filled.names, filled.places, filled.length, filled.rawBytes);
                }
                complete.pack().seal();
                to.list().add(complete.pack());
                shown = true;
                sealed(complete.pack());
            } finally {
                if (!shown) {
                    complete.pack().drop();
                }
            }
        }
    }
}
