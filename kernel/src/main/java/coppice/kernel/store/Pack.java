package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.DiskFile;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One pack file with its index. Whoever reads holds the pack meanwhile; when nobody does after it was
/// retired, its files are closed and, if it was dropped, deleted. Thread-safe.
final class Pack {
    /// The answer of [#find] when the pack is retired: look at the list of packs again.
    static final long GONE = -2;

    private final PackFolder folder;
    private final long id;
    private final DiskFile file;
    private final AtomicInteger holds = new AtomicInteger(1);
    private volatile PackIndex index;
    private volatile long length;
    private volatile long rawBytes;
    private volatile boolean doomed;
    private volatile @Nullable CorruptException damage;
    private volatile int generation;
    private volatile boolean remains;
    /// How much of the file has been synced; the index file's turn comes after [#seal].
    private long syncedLength;

    private volatile @Nullable DiskFile unsyncedIndex;

    /// A pack whose file holds `length` bytes that count.
    Pack(PackFolder folder, long id, DiskFile file, PackIndex index, long length, long rawBytes) {
        this.folder = folder;
        this.id = id;
        this.file = file;
        this.index = index;
        this.length = length;
        this.rawBytes = rawBytes;
    }

    long id() {
        return id;
    }

    String path() {
        return file.path();
    }

    /// Whether `path` is the pack's file or its index.
    boolean hasFile(String path) {
        return path.equals(path()) || path.equals(folder.indexPath(id));
    }

    /// Remembers a damage that was found when the pack was opened: it may explain why a chunk is missing.
    Pack damaged(@Nullable CorruptException found) {
        damage = found;
        return this;
    }

    /// The damage that was found when the pack was opened, if any was.
    @Nullable
    CorruptException damage() {
        return damage;
    }

    DiskFile file() {
        return file;
    }

    PackIndex index() {
        return index;
    }

    long length() {
        return length;
    }

    boolean sealed() {
        return index instanceof IndexReader;
    }

    PackState.Entry entry() {
        return new PackState.Entry(id, length, rawBytes, index.count(), sealed(), generation, remains);
    }

    /// The generation; see [Sweep].
    int generation() {
        return generation;
    }

    /// Whether chunks in it were dead when it was last swept: what they refer to may be gone. They are no reason
    /// not to write such a chunk again.
    boolean hasRemains() {
        return remains;
    }

    /// Sets generation and remains, which the next state of the packs will tell.
    Pack aged(int newGeneration, boolean newRemains) {
        generation = newGeneration;
        remains = newRemains;
        return this;
    }

    /// Says that the writer has appended.
    void grown(long newLength, long newRawBytes) {
        rawBytes = newRawBytes;
        length = newLength;
    }

    /// The place of a chunk, [Place#NONE] or [#GONE].
    long find(Hash hash) {
        if (!index.mayHold(hash)) {
            return Place.NONE;
        }
        if (!hold()) {
            return GONE;
        }
        try {
            return index.find(hash);
        } finally {
            release();
        }
    }

    /// Looks for names in the index, unless the pack is retired.
    void search(NameSearch search, ChunkCodec codec) {
        if (hold()) {
            try {
                search.in(index, place -> nameAt(place, codec));
            } finally {
                release();
            }
        }
    }

    private Hash nameAt(long place, ChunkCodec codec) {
        return Place.isInGroup(place)
                ? Hash.of(readGroup(place, codec).chunk(Place.member(place)))
                : PackRecord.hash(readRecord(place), 0);
    }

    /// Reads and checks the chunk at a place that [#find] gave. The caller holds the pack.
    byte[] read(Hash hash, long place, ChunkCodec codec) {
        return readStored(hash, place, codec).chunk();
    }

    /// As [#read], with the record where the chunk has one of its own.
    StoredChunk readStored(Hash hash, long place, ChunkCodec codec) {
        byte[] record = null;
        byte[] chunk;
        if (Place.isInGroup(place)) {
            Group group = readGroup(place, codec);
            if (Place.member(place) >= group.count()) {
                throw new CorruptException(
                        path(),
                        Place.offset(place),
                        "a group of more than " + Place.member(place) + " chunks",
                        "one of " + group.count());
            }
            chunk = group.chunk(Place.member(place));
        } else {
            record = readRecord(hash, place);
            chunk = codec.decode(path(), Place.offset(place), record, 0, record.length);
        }
        checkHash(path(), Place.offset(place), hash, chunk);
        return new StoredChunk(hash, chunk, record);
    }

    /// Checks that a decoded chunk is the one of this name.
    static void checkHash(String path, long position, Hash hash, byte[] chunk) {
        checkHash(path, position, hash, chunk, chunk.length);
    }

    /// As above, of the first bytes of an array.
    static void checkHash(String path, long position, Hash hash, byte[] bytes, int length) {
        checkHash(path, position, hash, Hash.of(bytes, 0, length));
    }

    /// As above, of a chunk that was hashed already.
    static void checkHash(String path, long position, Hash hash, Hash actual) {
        if (!actual.equals(hash)) {
            throw new CorruptException(path, position, "content with SHA-256 " + hash, "SHA-256 " + actual);
        }
    }

    /// Reads the group at a place; the caller holds the pack and checks the names.
    Group readGroup(long place, ChunkCodec codec) {
        long offset = Place.offset(place);
        Group cached = codec.groups().find(id, offset);
        if (cached != null) {
            return cached;
        }
        byte[] record = readRecord(place);
        Group group = codec.decodeGroup(path(), offset, record, 0, record.length);
        codec.groups().keep(id, offset, group);
        return group;
    }

    /// Reads the record at a place and checks all but its content's hash. The caller holds the pack.
    byte[] readRecord(Hash hash, long place) {
        byte[] record = readRecord(place);
        if (!PackRecord.hash(record, 0).equals(hash)) {
            throw new CorruptException(
                    path(),
                    Place.offset(place),
                    "the record of chunk " + hash,
                    "that of " + PackRecord.hash(record, 0));
        }
        return record;
    }

    /// The same for whatever chunk is there.
    byte[] readRecord(long place) {
        long position = Place.offset(place);
        byte[] record = new byte[Place.length(place)];
        file.read(position, record, 0, record.length);
        int framed = PackRecord.checkHeader(path(), position, record, 0, position + record.length);
        if (framed != record.length) {
            throw new CorruptException(path(), position, "a record of " + record.length + " bytes", "one of " + framed);
        }
        PackRecord.checkSum(path(), position, record, 0, record.length);
        return record;
    }

    /// Writes the index file, unsynced, and answers from it from now on. Does nothing when the pack is sealed
    /// already.
    void seal() {
        if (!(index instanceof PlaceTable table)) {
            return;
        }
        DiskFile indexFile = folder.create(folder.indexPath(id));
        try {
            IndexWriter.write(indexFile, id, length, table);
        } catch (RuntimeException e) {
            indexFile.close();
            throw e;
        }
        unsyncedIndex = indexFile;
        index = new IndexReader(indexFile, folder.indexBlocks(), id, length, table.count());
    }

    /// Makes what the file holds up to `upTo` durable, and the index file if there is one. One caller at a
    /// time.
    void sync(long upTo) {
        if (syncedLength < upTo) {
            file.sync();
            syncedLength = upTo;
        }
        DiskFile indexFile = unsyncedIndex;
        if (indexFile != null) {
            indexFile.sync();
            unsyncedIndex = null;
        }
    }

    /// Makes durable what has been written so far, beside whoever writes; of a sealed pack nothing is left to
    /// [#sync] then. One caller at a time.
    void syncAhead() {
        if (sealed()) {
            sync(length);
        } else {
            file.sync();
        }
    }

    /// Remembers that everything in the file is durable, because the manifest says so.
    Pack synced() {
        syncedLength = length;
        return this;
    }

    /// Keeps the files open until [#release]. False when the pack has been retired.
    boolean hold() {
        int now = holds.get();
        while (now > 0) {
            if (holds.compareAndSet(now, now + 1)) {
                return true;
            }
            now = holds.get();
        }
        return false;
    }

    /// Ends a [#hold], or the store's own interest in the pack; the last one closes the files.
    void release() {
        if (holds.decrementAndGet() == 0) {
            file.close();
            index.close();
            if (doomed) {
                folder.tryDelete(folder.packPath(id));
                folder.tryDelete(folder.indexPath(id));
            }
        }
    }

    /// Gives the pack up: its files are deleted as soon as nobody holds it. Called once, instead of the last
    /// release.
    void drop() {
        doomed = true;
        release();
    }
}
