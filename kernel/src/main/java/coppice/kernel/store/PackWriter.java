package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.DiskFile;
import java.util.List;

/// Appends records to one pack. Not thread-safe; readers of the pack may run beside it.
///
/// A failed append leaves the pack as it was: the bytes that may have reached the file lie behind its length
/// and are overwritten by the next attempt.
final class PackWriter {
    private final Pack pack;
    private final PlaceTable table;
    private long length;
    private long rawBytes;

    private PackWriter(Pack pack, PlaceTable table, long length, long rawBytes) {
        this.pack = pack;
        this.table = table;
        this.length = length;
        this.rawBytes = rawBytes;
    }

    /// Creates the file of a new pack, with nothing but its header.
    static PackWriter create(PackFolder folder, long id) {
        DiskFile file = folder.create(folder.packPath(id));
        try {
            byte[] header = new byte[PackHeader.LENGTH];
            PackHeader.write(header, PackHeader.PACK_MAGIC, id, 0);
            file.write(0, header, 0, header.length);
        } catch (RuntimeException e) {
            file.close();
            folder.tryDelete(folder.packPath(id));
            throw e;
        }
        PlaceTable table = new PlaceTable();
        return new PackWriter(new Pack(folder, id, file, table, PackHeader.LENGTH, 0), table, PackHeader.LENGTH, 0);
    }

    /// Goes on with a pack that was found at open.
    static PackWriter resume(Pack pack, PlaceTable table, PackState.Entry entry) {
        return new PackWriter(pack, table, entry.length(), entry.rawBytes());
    }

    Pack pack() {
        return pack;
    }

    long length() {
        return length;
    }

    /// Whether nothing has been appended yet.
    boolean isEmpty() {
        return table.count() == 0;
    }

    /// Whether so many more records of so many bytes fit.
    ///
    /// @param packBytes how long the pack may become
    /// @param packChunks how many chunks it may hold
    boolean hasRoom(long packBytes, int packChunks, int records, int bytes) {
        return isEmpty() || (length + bytes <= packBytes && table.count() + records <= packChunks);
    }

    /// Appends records; `hashes` are their names in order. Readers find them when this returns.
    void append(Records records, List<Hash> hashes) {
        pack.file().write(length, records.bytes(), 0, records.length());
        for (int i = 0; i < hashes.size(); i++) {
            int start = records.start(i);
            table.add(hashes.get(i), Place.of(length + start, records.ends()[i] - start));
            rawBytes += PackRecord.rawLength(records.bytes(), start);
        }
        length += records.length();
        pack.grown(length, rawBytes);
    }

    /// Appends the record of a group; `hashes` are the names of its chunks in order.
    void appendGroup(byte[] record, List<Hash> hashes) {
        pack.file().write(length, record, 0, record.length);
        for (int member = 0; member < hashes.size(); member++) {
            table.add(hashes.get(member), Place.of(length, record.length, member));
        }
        rawBytes += PackRecord.rawLength(record, 0);
        length += record.length;
        pack.grown(length, rawBytes);
    }

    /// Writes records of a pack that nobody else knows of, at any place.
    void fill(long position, byte[] records, int bytes) {
        pack.file().write(position, records, 0, bytes);
    }

    /// Says which chunks are in the next records of those that were filled in; `places` has more elements than names.
    void filled(List<Hash> names, long[] places, int bytes, long raw) {
        for (int i = 0; i < names.size(); i++) {
            table.add(names.get(i), places[i]);
        }
        length += bytes;
        rawBytes += raw;
        pack.grown(length, rawBytes);
    }

    /// Whether a group may begin here.
    boolean takesGroups() {
        return length < Place.GROUP_OFFSET_LIMIT / 2;
    }
}
