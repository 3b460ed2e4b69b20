package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.StorageException;
import coppice.kernel.platform.Tasks;
import coppice.kernel.store.PackAppender.Capture;
import coppice.kernel.store.PackList.Found;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Chunks in append-only pack files of one directory.
///
/// **Writing.** A written chunk waits in memory, is compressed beside the writers and appended to the growing
/// pack; it is readable all the time. [#sync()] makes everything written before durable and returns the
/// [PackState] that describes it. The caller puts that state into the [Manifest]: only what the manifest
/// describes exists after a crash, so a checkpoint is `state = sync()`, write the manifest,
/// [#adopted(PackState)].
///
/// **Reading.** A chunk in a pack costs one positional read (two where the pack is sealed and the block of its
/// index, 4 KiB, was not used lately), a checksum, the decompression and the SHA-256 of the result, always.
///
/// **Cleaning.** [#beginSweep()] drops chunks that nothing refers to, [#merge()] joins small packs. Both run
/// beside readers and writers; old files go when a manifest without them is on disk and nobody reads them.
///
/// **Failures.** A write that finds the disk full leaves the store usable: chunks that wait stay readable,
/// and the next write or sync tries again. After a failed sync nobody can know what is on disk: reading goes
/// on, but every later write or sync fails, and the database is to be opened again. All methods are safe for
/// any thread.
public final class PackStore implements Chunks, AutoCloseable {
    private final PackFolder folder;
    private final PackOptions options;
    private final ChunkCodec codec;
    private final Tasks tasks;
    private final PackList list;
    private final PackAppender appender;
    private final WritePipeline pipeline;
    private final ReentrantLock syncing = new ReentrantLock();
    private final ReentrantLock merging = new ReentrantLock();
    private final AtomicBoolean cleaning = new AtomicBoolean();
    private final Set<String> damagedPacks = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Sweep sweep;
    private volatile @Nullable RuntimeException failure;
    private volatile boolean closed;
    private boolean filesClosed;

    private PackStore(
            PackFolder folder,
            PackOptions options,
            ChunkCodec codec,
            Tasks tasks,
            PackOpener.Opened opened,
            long nextId) {
        this.folder = folder;
        this.options = options;
        this.codec = codec;
        this.tasks = tasks;
        this.list = opened.list();
        this.appender = new PackAppender(folder, options, list, nextId, opened.growing());
        this.pipeline = new WritePipeline(codec, tasks, appender, this::packed);
    }

    /// Opens the packs of `directory`, which is created if it is not there, as `state` describes them.
    /// Whatever else is in the packs is cut, and packs it does not list are deleted: it must be the state of
    /// the last manifest.
    ///
    /// Takes some milliseconds, however much is stored.
    ///
    /// @param tasks compress beside the writers
    /// @param directory relative to the disk's root
    /// @throws CorruptException if a listed pack is missing, too short or damaged where open has to look
    /// @throws coppice.kernel.bytes.FormatVersionException if a newer program wrote a pack
    /// @throws ZstdUnavailableException if `options` ask for compression that cannot be had
    public static PackStore open(Disk disk, Tasks tasks, String directory, PackOptions options, PackState state) {
        ChunkCodec codec = ChunkCodec.of(options);
        try {
            PackFolder folder = new PackFolder(disk, directory, options.blockBytes());
            PackList list = new PackList(options.filterBytes());
            PackOpener.Opened opened = PackOpener.open(folder, codec, list, state);
            return new PackStore(folder, options, codec, tasks, opened, state.nextId());
        } catch (RuntimeException e) {
            codec.close();
            throw e;
        }
    }

    /// A store of packs that are open already, which appends to none of them.
    ///
    /// @param nextId an id that no pack ever had
    static PackStore over(
            PackFolder folder, PackOptions options, ChunkCodec codec, Tasks tasks, PackList list, long nextId) {
        return new PackStore(folder, options, codec, tasks, new PackOpener.Opened(list, null), nextId);
    }

    @Override
    public byte[] read(Hash hash) {
        byte[] waiting = pipeline.waiting(hash);
        return waiting != null ? waiting.clone() : readStored(hash).chunk();
    }

    /// As [#read], for another store to keep it as it is; the array is not to be changed.
    public StoredChunk readStored(Hash hash) {
        while (true) {
            long replacements = list.replacements();
            byte[] waiting = pipeline.waiting(hash);
            if (waiting != null) {
                return new StoredChunk(hash, waiting, null);
            }
            Found found = list.find(hash);
            if (found != null) {
                try {
                    return found.pack().readStored(hash, found.place(), codec);
                } finally {
                    found.pack().release();
                }
            }
            if (list.replacements() == replacements) {
                throw missing(hash);
            }
        }
    }

    private RuntimeException missing(Hash hash) {
        for (Pack pack : list.packs()) {
            CorruptException damage = pack.damage();
            if (damage != null) {
                return damage;
            }
        }
        return new MissingChunkException(hash, "'" + folder.directory() + "'");
    }

    /// Whether the chunk is here. While a sweep runs, a yes also makes it keep the chunk. A yes says nothing of
    /// what the chunk refers to; see [#isWhole].
    @Override
    public boolean contains(Hash hash) {
        return contains(hash, true, true);
    }

    /// Whether the chunk is here and so is all it refers to, as far as it was written through this store. A no
    /// may be wrong: the chunk may be in a pack with others of which that is not known.
    public boolean isWhole(Hash hash) {
        return contains(hash, false, true);
    }

    /// @param remains whether a chunk counts that may have been dead when it was last swept: it is there, but
    ///     what it refers to may not be
    /// @param waiting whether chunks count that are in no pack yet
    private boolean contains(Hash hash, boolean remains, boolean waiting) {
        while (true) {
            long replacements = list.replacements();
            if (waiting && pipeline.waiting(hash) != null) {
                return true;
            }
            Pack pack = list.packOf(hash, remains);
            if (pack != null) {
                Sweep running = sweep;
                Sweep.Reliance reliance = running == null ? Sweep.Reliance.KEPT : running.rely(hash, pack);
                if (reliance != Sweep.Reliance.UNKNOWN) {
                    return reliance == Sweep.Reliance.KEPT;
                }
            } else if (list.replacements() == replacements) {
                return false;
            }
        }
    }

    /// Which of some chunks are in packs, so that they need not be written.
    private BitSet packed(List<Hash> hashes) {
        BitSet packed = list.mayHold(hashes);
        for (int i = packed.nextSetBit(0); i >= 0; i = packed.nextSetBit(i + 1)) {
            packed.set(i, contains(hashes.get(i), false, false));
        }
        return packed;
    }

    /// {@inheritDoc}
    ///
    /// Costs a copy and, when those that compress beside the writers cannot keep up, the time of compressing.
    /// That a chunk is stored already is found out beside the writers, too.
    ///
    /// @throws StorageException if earlier chunks cannot be written; this one is then not taken in
    @Override
    public void write(Hash hash, byte[] bytes, int length) {
        Chunks.checkLength(bytes, length);
        requireWritable();
        if (pipeline.waiting(hash) == null) {
            pipeline.add(hash, Arrays.copyOf(bytes, length));
        }
    }

    @Override
    public void writeShared(Hash hash, byte[] bytes) {
        Chunks.checkLength(bytes, bytes.length);
        requireWritable();
        pipeline.add(hash, bytes);
    }

    /// Keeps a chunk of another store, as it is stored there.
    public void writeStored(StoredChunk stored) {
        Chunks.checkLength(stored.chunk(), stored.chunk().length);
        requireWritable();
        pipeline.add(stored.hash(), stored.chunk(), stored.record(), false);
    }

    /// Appends records of chunks that were checked, and are not here.
    void append(Records records, List<Hash> hashes) {
        requireWritable();
        appender.append(records, hashes);
    }

    /// The same for the record of a group.
    void appendGroup(byte[] record, List<Hash> hashes) {
        requireWritable();
        appender.appendGroup(record, hashes);
    }

    /// Makes every chunk durable whose write has returned, and returns the state that describes them. Costs
    /// one or two file syncs when there is something new, nothing otherwise. Runs beside writers.
    ///
    /// @throws StorageException if the disk is full (nothing is lost, sync again when there is space) or the
    ///     sync itself failed (the store then only reads)
    public PackState sync() {
        syncing.lock();
        try {
            requireWritable();
            Capture capture = null;
            while (capture == null) {
                long replacements = list.replacements();
                pipeline.drain();
                capture = appender.capture(replacements);
            }
            try {
                durably(capture::sync);
                durably(folder::sync);
            } finally {
                capture.packs().forEach(Pack::release);
            }
            return capture.state();
        } finally {
            syncing.unlock();
        }
    }

    /// Makes durable what has been written to a pack, which the caller holds, and its index if it is sealed, so that
    /// less is left for [#sync()].
    void syncAhead(Pack pack) {
        syncing.lock();
        try {
            requireWritable();
            durably(pack::syncAhead);
        } finally {
            syncing.unlock();
        }
    }

    private void durably(Runnable sync) {
        try {
            sync.run();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /// Says that the manifest on disk now holds `state`: packs that were replaced and that it does not list are
    /// deleted when nobody reads them any more.
    public void adopted(PackState state) {
        list.forget(state);
    }

    /// Begins to drop chunks that nothing refers to; see [Sweep] for what the caller owes it. One sweep or
    /// merge at a time.
    ///
    /// @throws IllegalStateException if one is running
    public Sweep beginSweep() {
        return beginSweep(Sweep.OLDEST, options.wasteLimit(), _ -> {});
    }

    /// Begins a sweep of some generations.
    ///
    /// @param generation the oldest generation to look at, 0 to [Sweep#OLDEST]
    /// @param wasteLimit packs are rewritten that shrink by at least this share
    /// @param pace told again and again how many chunks were copied since, to rest or to give up by an exception
    /// @throws IllegalStateException if one is running
    public Sweep beginSweep(int generation, double wasteLimit, LongConsumer pace) {
        requireWritable();
        if (!cleaning.compareAndSet(false, true)) {
            throw new IllegalStateException("A sweep or merge is running. Wait until it is closed.");
        }
        boolean begun = false;
        try {
            Sweep begin = new Sweep(this, generation, wasteLimit, pace);
            sweep = begin;
            pipeline.drain();
            appender.seal();
            begin.cover(list.packs(), appender.newId());
            begun = true;
            return begin;
        } finally {
            if (!begun) {
                endSweep();
            }
        }
    }

    /// As [#merge(LongConsumer)], without a rest.
    public SweepResult merge() {
        return merge(_ -> {});
    }

    /// Joins packs of like size when there are many, so that their number grows with the logarithm of what is
    /// written. Cheap when there is nothing to do; call it after a checkpoint. Does nothing while a sweep or
    /// another merge runs.
    ///
    /// @param pace told again and again how many chunks were copied since, to rest or to give up by an exception
    public SweepResult merge(LongConsumer pace) {
        requireWritable();
        if (!cleaning.compareAndSet(false, true)) {
            return new SweepResult(0, 0, 0, 0, 0, 0, 0, List.copyOf(damagedPacks));
        }
        merging.lock();
        try {
            requireWritable();
            PackRewriter rewriter = rewriter(list.bytes(), pace);
            return new PackMerge(rewriter, list, damagedPacks).run();
        } finally {
            merging.unlock();
            cleaning.set(false);
        }
    }

    /// Reads every chunk and every index entry, each once, the oldest packs first, and tells the visitor. Returns
    /// the number of sound records. Runs beside everything else, at the speed of SHA-256 on all its threads.
    ///
    /// @param workers how many threads work, the caller included; at least 1
    public long check(int workers, PackVisitor visitor) {
        return PackCheck.run(list.packs().reversed(), codec, tasks, workers, visitor);
    }

    /// As [#check(int, PackVisitor)] on the caller's thread, for whoever wants to know of damage only.
    public long check(Consumer<CorruptException> damage) {
        return check(1, PackVisitor.ofDamage(found -> damage.accept(found.what())));
    }

    /// The names of chunks that begin with some digits, in order. Costs a block of each index, 4 KiB.
    ///
    /// @param digits 1 to 64 lower-case hexadecimal digits
    /// @param limit the most names
    public List<Hash> names(String digits, int limit) {
        NameSearch search = new NameSearch(digits, limit);
        long replacements;
        do {
            replacements = list.replacements();
            pipeline.visitWaiting(search::add);
            list.packs().forEach(pack -> pack.search(search, codec));
        } while (list.replacements() != replacements);
        return search.found();
    }

    /// Where a chunk is kept; nothing when it is not here. Costs a read of its record.
    public Optional<ChunkPlace> place(Hash hash) {
        while (true) {
            long replacements = list.replacements();
            byte[] waiting = pipeline.waiting(hash);
            if (waiting != null) {
                return Optional.of(ChunkPlace.inMemory(waiting.length));
            }
            Found found = list.find(hash);
            if (found != null) {
                try {
                    return Optional.of(ChunkPlace.of(found.pack(), found.place()));
                } finally {
                    found.pack().release();
                }
            }
            if (list.replacements() == replacements) {
                return Optional.empty();
            }
        }
    }

    /// The length of the sealed packs of each generation, from the youngest on.
    public long[] bytesByGeneration() {
        return list.bytesByGeneration();
    }

    /// Whether a file of the directory holds chunks.
    public static boolean isPack(String name) {
        return name.endsWith(PackFolder.PACK);
    }

    /// Whether a file of the directory says where in a pack chunks are.
    public static boolean isIndex(String name) {
        return name.endsWith(PackFolder.INDEX);
    }

    /// The sizes of this moment.
    public StoreStatistics statistics() {
        return list.statistics(pipeline.waiting());
    }

    /// Closes the files, after a sync, merge or step of a sweep that is running. What has not been synced is
    /// lost; closing again does nothing.
    @Override
    public void close() {
        closed = true;
        Sweep running = sweep;
        if (running != null) {
            running.close();
        }
        syncing.lock();
        merging.lock();
        try {
            if (!filesClosed) {
                filesClosed = true;
                pipeline.close();
                appender.close();
                list.close();
                codec.close();
            }
        } finally {
            merging.unlock();
            syncing.unlock();
        }
    }

    /// What rewrites packs into such as a store of so many bytes has.
    PackRewriter rewriter(long storedBytes, LongConsumer pace) {
        long packBytes = options.packBytes(storedBytes);
        return new PackRewriter(folder, packBytes, options.packChunks(), codec, appender::newId, pace);
    }

    /// A new pack beside the one that grows, of which nothing knows yet.
    PackWriter newPack() {
        requireWritable();
        return PackWriter.create(folder, appender.newId());
    }

    PackList list() {
        return list;
    }

    ChunkCodec codec() {
        return codec;
    }

    /// Who works beside the callers.
    public Tasks tasks() {
        return tasks;
    }

    /// Whether the chunk waits, or is in a pack whose id is at least `firstId`.
    boolean isYoungerThan(long firstId, Hash hash) {
        return pipeline.waiting(hash) != null || list.isYoungerThan(firstId, hash);
    }

    /// Takes a chunk in although an old pack holds it, because that pack is about to go.
    void rescue(Hash hash, Pack from, long place) {
        requireWritable();
        pipeline.add(hash, from.read(hash, place, codec), null, true);
    }

    void endSweep() {
        sweep = null;
        cleaning.set(false);
    }

    private void requireWritable() {
        if (closed) {
            throw new IllegalStateException("The chunk store is closed. Open the database again.");
        }
        RuntimeException cause = failure;
        if (cause != null) {
            throw new StorageException(
                    StorageException.Kind.IO,
                    folder.directory(),
                    "an earlier sync failed, so nothing more is written",
                    cause);
        }
    }
}
