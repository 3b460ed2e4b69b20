package coppice.kernel.store;

/// Where a chunk is kept, and how.
///
/// @param pack the path of the pack; empty while the chunk waits in memory to be written to one
/// @param offset where its record, or that of its group, begins in the pack
/// @param storedBytes how long the record's payload is
/// @param form how the payload is encoded
/// @param groupChunks how many chunks share the record; 1 when it has its own
public record ChunkPlace(String pack, long offset, int storedBytes, Form form, int groupChunks) {
    /// How a payload is encoded.
    public enum Form {
        /// As it is.
        RAW,
        /// Compressed.
        ZSTD,
        /// Compressed together with older and newer versions of it.
        GROUP
    }

    static ChunkPlace inMemory(int length) {
        return new ChunkPlace("", 0, length, Form.RAW, 1);
    }

    static ChunkPlace of(Pack pack, long place) {
        byte[] record = pack.readRecord(place);
        Form form = switch (PackRecord.codec(record, 0)) {
            case RAW -> Form.RAW;
            case ZSTD -> Form.ZSTD;
            case GROUP -> Form.GROUP;
        };
        return new ChunkPlace(
                pack.path(),
                Place.offset(place),
                record.length - PackRecord.HEADER,
                form,
                Math.max(1, PackRecord.count(record, 0)));
    }
}
