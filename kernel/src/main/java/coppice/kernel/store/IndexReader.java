package coppice.kernel.store;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.DiskFile;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The index file of a sealed pack. The directory (the first hash of every block, and the filter) is loaded
/// at the first question, about 11 bits per chunk; each answer then needs one block of 4 KiB, which is read unless it
/// was used lately, and nearly all misses need none.
final class IndexReader implements PackIndex {
    private final DiskFile file;
    private final ReadCache<byte[]> blocks;
    private final long packId;
    private final long packLength;
    private final int entries;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable Directory directory;

    private record Directory(long[] fences, BlockFilter filter) {}

    /// An index of a pack of which the manifest says the length and the number of chunks. Reads nothing yet.
    ///
    /// @param blocks where blocks are kept that were read
    IndexReader(DiskFile file, ReadCache<byte[]> blocks, long packId, long packLength, int entries) {
        this.file = file;
        this.blocks = blocks;
        this.packId = packId;
        this.packLength = packLength;
        this.entries = entries;
    }

    @Override
    public int count() {
        return entries;
    }

    @Override
    public boolean mayHold(Hash hash) {
        Directory loaded = directory;
        return loaded == null || loaded.filter.mayHold(hash);
    }

    @Override
    public @Nullable BlockFilter filter() {
        Directory loaded = directory;
        return loaded == null ? null : loaded.filter;
    }

    @Override
    public long find(Hash hash) {
        return search(hash, this::block, (bytes, block, i) -> place(bytes, block, at(i)));
    }

    @Override
    public Finder finder() {
        IntFunction<byte[]> blocks = new IntFunction<>() {
            private int last = -1;
            private byte[] bytes = {};

            @Override
            public byte[] apply(int block) {
                if (block != last) {
                    bytes = readBlock(block);
                    last = block;
                }
                return bytes;
            }
        };
        return hash -> search(hash, blocks, (bytes, block, i) -> place(bytes, block, at(i)));
    }

    @Override
    public int entry(Hash hash) {
        return (int) search(hash, this::block, (_, block, i) -> (long) block * IndexFormat.BLOCK_ENTRIES + i);
    }

    /// What a search makes of the entry that it finds; -1 is nothing.
    private interface Answer {
        long of(byte[] bytes, int block, int i);
    }

    private long search(Hash hash, IntFunction<byte[]> blocks, Answer answer) {
        Directory loaded = directory();
        if (!loaded.filter.mayHold(hash)) {
            return Place.NONE;
        }
        long prefix = hash.prefix();
        // From the last block that begins at or before the hash backwards: equal prefixes may straddle blocks.
        for (int block = lastAtOrBefore(loaded.fences, prefix); block >= 0; block--) {
            byte[] bytes = blocks.apply(block);
            int found = findIn(bytes, block, hash);
            if (found >= 0) {
                return answer.of(bytes, block, found);
            }
            if (loaded.fences[block] != prefix) {
                return Place.NONE;
            }
        }
        return Place.NONE;
    }

    private static int lastAtOrBefore(long[] fences, long prefix) {
        int low = 0;
        int high = fences.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(fences[middle], prefix) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private int findIn(byte[] bytes, int block, Hash hash) {
        int low = 0;
        int high = entriesIn(block) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(prefix(bytes, at(middle)), second(bytes, at(middle)), hash.prefix(), hash.second());
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private static int compare(long prefix, long second, long otherPrefix, long otherSecond) {
        int order = Long.compareUnsigned(prefix, otherPrefix);
        return order != 0 ? order : Long.compareUnsigned(second, otherSecond);
    }

    private static long prefix(byte[] bytes, int at) {
        return Bytes.i64BigEndian(bytes, at);
    }

    private static long second(byte[] bytes, int at) {
        return Bytes.i64BigEndian(bytes, at + Long.BYTES);
    }

    private static int at(int i) {
        return IndexFormat.BLOCK_HEADER + i * IndexFormat.ENTRY;
    }

    @Override
    public void forEach(Visitor visitor) {
        forEachWithin(0, -1, visitor);
    }

    @Override
    public void forEachWithin(long first, long last, Visitor visitor) {
        long[] fences = directory().fences;
        int from = Math.max(0, lastAtOrBefore(fences, first));
        while (from > 0 && fences[from] == first) {
            from--; // equal prefixes may straddle blocks
        }
        for (int block = from; block < fences.length && Long.compareUnsigned(fences[block], last) <= 0; block++) {
            byte[] bytes = readBlock(block);
            for (int i = 0; i < entriesIn(block); i++) {
                visitor.visit(prefix(bytes, at(i)), second(bytes, at(i)), place(bytes, block, at(i)));
            }
        }
    }

    /// Reads everything anew and visits every entry; besides, order, fences and filter must be right.
    void check(Visitor visitor) {
        Directory fresh = load();
        long lastPrefix = 0;
        long lastSecond = 0;
        for (int block = 0; block < IndexFormat.blocks(entries); block++) {
            byte[] bytes = readBlock(block);
            for (int i = 0; i < entriesIn(block); i++) {
                long prefix = prefix(bytes, at(i));
                long second = second(bytes, at(i));
                long offset = IndexFormat.blockOffset(entries, block) + at(i);
                boolean isFirst = block == 0 && i == 0;
                if (!isFirst && compare(lastPrefix, lastSecond, prefix, second) >= 0) {
                    throw corrupt(
                            offset,
                            "a name greater than the one before it, " + text(lastPrefix, lastSecond),
                            text(prefix, second));
                }
                if ((i == 0 && fresh.fences[block] != prefix) || !fresh.filter.mayHold(prefix, second)) {
                    throw corrupt(
                            offset,
                            "an entry that fence and filter lead to",
                            text(prefix, second) + ", which they hide");
                }
                visitor.visit(prefix, second, place(bytes, block, at(i)));
                lastPrefix = prefix;
                lastSecond = second;
            }
        }
    }

    /// What an index has of a name, in hexadecimal digits.
    static String text(long prefix, long second) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(prefix) + hex.toHexDigits(second);
    }

    /// Whether a file of the size of an index may be one of this version, not of an older one. Reads its beginning.
    static boolean isCurrent(DiskFile file) {
        byte[] header = new byte[PackHeader.LENGTH];
        file.read(0, header, 0, header.length);
        return !PackHeader.isOlder(header, PackHeader.INDEX_MAGIC);
    }

    String path() {
        return file.path();
    }

    private int entriesIn(int block) {
        return Math.min(IndexFormat.BLOCK_ENTRIES, entries - block * IndexFormat.BLOCK_ENTRIES);
    }

    private long place(byte[] bytes, int block, int at) {
        long place = Bytes.i64(bytes, at + IndexFormat.NAME);
        if (!Place.inside(place, packLength)) {
            throw corrupt(
                    IndexFormat.blockOffset(entries, block) + at + IndexFormat.NAME,
                    "a place in a pack of " + packLength + " bytes",
                    "offset " + Place.offset(place) + ", length " + Place.length(place));
        }
        return place;
    }

    private byte[] block(int block) {
        byte[] kept = blocks.find(packId, block);
        if (kept == null) {
            kept = readBlock(block);
            blocks.keep(packId, block, kept);
        }
        return kept;
    }

    private byte[] readBlock(int block) {
        byte[] bytes = new byte[IndexFormat.BLOCK];
        long offset = IndexFormat.blockOffset(entries, block);
        file.read(offset, bytes, 0, bytes.length);
        checkSum(bytes, 0, offset);
        if (Bytes.i32(bytes, 4) != block || Bytes.i32(bytes, 8) != entriesIn(block)) {
            throw corrupt(
                    offset,
                    "block " + block + " of " + entriesIn(block) + " entries",
                    "block " + Bytes.i32(bytes, 4) + " of " + Bytes.i32(bytes, 8));
        }
        return bytes;
    }

    private Directory directory() {
        Directory loaded = directory;
        if (loaded != null) {
            return loaded;
        }
        loading.lock();
        try {
            loaded = directory;
            if (loaded == null) {
                loaded = load();
                directory = loaded;
            }
            return loaded;
        } finally {
            loading.unlock();
        }
    }

    private Directory load() {
        checkSize();
        byte[] header = new byte[PackHeader.LENGTH];
        file.read(0, header, 0, header.length);
        PackHeader.check(file.path(), header, PackHeader.INDEX_MAGIC, packId, entries);
        byte[] bytes = new byte[Math.toIntExact(IndexFormat.directoryBytes(entries))];
        file.read(PackHeader.LENGTH, bytes, 0, bytes.length);
        checkSum(bytes, 0, PackHeader.LENGTH);
        if (Bytes.i64(bytes, 8) != packLength) {
            throw corrupt(
                    PackHeader.LENGTH + 8,
                    "the index of a pack of " + packLength + " bytes",
                    "that of one of " + Bytes.i64(bytes, 8));
        }
        long[] fences = new long[IndexFormat.blocks(entries)];
        for (int block = 0; block < fences.length; block++) {
            fences[block] = Bytes.i64(bytes, IndexFormat.FENCES + 8 * block);
        }
        return new Directory(fences, BlockFilter.read(bytes, IndexFormat.FENCES + 8 * fences.length, entries));
    }

    /// Checks that the file has the size that its number of entries demands. Reads nothing.
    void checkSize() {
        if (file.size() != IndexFormat.fileBytes(entries)) {
            throw corrupt(
                    Math.min(file.size(), IndexFormat.fileBytes(entries)),
                    "a file of " + IndexFormat.fileBytes(entries) + " bytes",
                    "one of " + file.size());
        }
    }

    private void checkSum(byte[] bytes, int at, long offset) {
        int crc = Crc.of(bytes, at + 4, bytes.length - at - 4);
        if (crc != Bytes.i32(bytes, at)) {
            throw corrupt(offset, "checksum " + Integer.toHexString(crc), Integer.toHexString(Bytes.i32(bytes, at)));
        }
    }

    private CorruptException corrupt(long offset, String expected, String found) {
        return new CorruptException(file.path(), offset, expected, found);
    }

    @Override
    public void close() {
        file.close();
    }
}
