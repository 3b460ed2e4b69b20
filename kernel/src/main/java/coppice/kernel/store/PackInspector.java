package coppice.kernel.store;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import java.util.function.Consumer;

/// Shows what is in a single pack or index file, without a database around it and without changing anything.
/// For people who look into files; checks all checksums on the way.
public final class PackInspector {
    private PackInspector() {}

    /// A record of a pack.
    ///
    /// @param hash the name of the chunk
    /// @param offset where in the pack the record begins
    /// @param storedLength the length of its payload; in a group, of that of the whole group
    /// @param rawLength the length of the chunk
    /// @param codec `raw`, `zstd` or `group`
    public record Entry(Hash hash, long offset, int storedLength, int rawLength, String codec) {}

    /// What an index says of a chunk.
    ///
    /// @param digits the first 32 hexadecimal digits of its name
    /// @param offset where in the pack its record begins
    /// @param storedLength the length of the record's payload
    public record IndexEntry(String digits, long offset, int storedLength) {}

    /// Visits all records of a pack file in order and returns the pack's id. A file that somebody is writing,
    /// or that was left by a crash, may end in the middle of a record: then the sound ones have been visited
    /// before the exception.
    ///
    /// @throws CorruptException at the first damage
    /// @throws coppice.kernel.bytes.FormatVersionException if a newer program wrote the file
    public static long visitPack(Disk disk, String path, Consumer<Entry> visitor) {
        try (DiskFile file = disk.open(path, OpenMode.READ);
                ChunkCodec codec = ChunkCodec.of(PackOptions.standard().with(Compression.none()))) {
            byte[] header = header(file, PackHeader.PACK_MAGIC);
            PackScan.scan(
                    file,
                    file.size(),
                    codec,
                    (hash, place, rawLength) -> visitor.accept(new Entry(
                            hash,
                            Place.offset(place),
                            Place.length(place) - PackRecord.HEADER,
                            rawLength,
                            codecName(place, rawLength))));
            return PackHeader.id(header);
        }
    }

    private static String codecName(long place, int rawLength) {
        if (Place.isInGroup(place)) {
            return "group";
        }
        return Place.length(place) - PackRecord.HEADER == rawLength ? "raw" : "zstd";
    }

    /// Visits all entries of an index file in the order of their hashes and returns the pack's id.
    ///
    /// @throws CorruptException at the first damage
    /// @throws coppice.kernel.bytes.FormatVersionException if a newer program wrote the file
    public static long visitIndex(Disk disk, String path, Consumer<IndexEntry> visitor) {
        try (DiskFile file = disk.open(path, OpenMode.READ)) {
            byte[] header = header(file, PackHeader.INDEX_MAGIC);
            byte[] length = new byte[8];
            file.read(PackHeader.LENGTH + 8, length, 0, length.length);
            IndexReader index = new IndexReader(
                    file, new ReadCache<>(0), PackHeader.id(header), Bytes.i64(length, 0), PackHeader.number(header));
            index.checkSize();
            index.forEach((prefix, second, place) -> visitor.accept(new IndexEntry(
                    IndexReader.text(prefix, second), Place.offset(place), Place.length(place) - PackRecord.HEADER)));
            return PackHeader.id(header);
        }
    }

    private static byte[] header(DiskFile file, byte[] magic) {
        if (file.size() < PackHeader.LENGTH) {
            throw new CorruptException(
                    file.path(), file.size(), "a header of " + PackHeader.LENGTH + " bytes", "the end of the file");
        }
        byte[] header = new byte[PackHeader.LENGTH];
        file.read(0, header, 0, header.length);
        PackHeader.checkSound(file.path(), header, magic);
        return header;
    }
}
