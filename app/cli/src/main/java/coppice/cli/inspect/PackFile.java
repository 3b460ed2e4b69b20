package coppice.cli.inspect;

import com.github.luben.zstd.Zstd;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.Hash;
import java.nio.file.Path;

/// A pack, read record by record after `docs/format/pack.md`.
///
/// @param path where it is
record PackFile(Path path) {
    static final String MAGIC = "COPPACK\0";
    static final int HEADER = 32;
    static final int RECORD = 48;
    private static final int CRC = 12;

    /// The head of a record.
    ///
    /// @param offset where it begins
    /// @param stored bytes of payload
    /// @param raw bytes of the chunk
    /// @param codec 0 raw, 1 Zstandard
    /// @param hash the chunk's name
    record Head(long offset, long stored, long raw, int codec, Hash hash) {
        long end() {
            return offset + RECORD + stored;
        }
    }

    /// Gets records.
    interface Visitor {
        /// One record; returns whether to go on.
        boolean visit(Head head);
    }

    /// Visits the records in order until the visitor has enough, the file ends, or what follows is no record.
    ///
    /// @return where it stopped
    long visit(Visitor visitor) {
        long size = DatabaseFiles.size(path);
        long at = HEADER;
        while (at + RECORD <= size) {
            Head head = head(at);
            if (head.stored() < 1 || head.end() > size || head.codec() > 1 || !visitor.visit(head)) {
                return at;
            }
            at = head.end();
        }
        return at;
    }

    private Head head(long offset) {
        ByteReader in = new ByteReader(path.getFileName().toString(), DatabaseFiles.read(path, offset, RECORD));
        long stored = in.u32();
        long raw = in.u32();
        int codec = (int) in.u32();
        in.skip(4);
        return new Head(offset, stored, raw, codec, in.hash());
    }

    /// The chunk of a record, its checksum and name verified.
    byte[] chunk(Head head) {
        byte[] record = DatabaseFiles.read(path, head.offset(), (int) (RECORD + head.stored()));
        String where = path.getFileName().toString();
        int crc = Crc.of(record, 0, CRC, record, CRC + 4, record.length - CRC - 4);
        int found = (int) new ByteReader(where, record, CRC, 4).u32();
        if (crc != found) {
            throw new CorruptException(
                    where, head.offset(), "checksum " + Integer.toHexString(crc), Integer.toHexString(found));
        }
        byte[] payload = new byte[(int) head.stored()];
        System.arraycopy(record, RECORD, payload, 0, payload.length);
        byte[] chunk = head.codec() == 0 ? payload : Zstd.decompress(payload, (int) head.raw());
        if (!Hash.of(chunk).equals(head.hash())) {
            throw new CorruptException(
                    where, head.offset(), "a chunk named " + head.hash(), "one named " + Hash.of(chunk));
        }
        return chunk;
    }
}
