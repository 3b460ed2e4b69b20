package coppice.cli.inspect;

import com.github.luben.zstd.Zstd;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.Hash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A pack, read record by record after `docs/format/pack.md`.
///
/// @param path where it is
record PackFile(Path path) {
    static final String MAGIC = "COPPACK\0";
    static final int HEADER = 32;
    static final int RECORD = 48;
    static final int GROUP = 2;
    private static final int CRC = 12;

    /// The head of a record, or one chunk of a group.
    ///
    /// @param offset where it begins
    /// @param stored bytes of payload
    /// @param raw bytes of the chunk
    /// @param codec 0 raw, 1 Zstandard, 2 group
    /// @param count how many chunks the group has, else 0
    /// @param member which of them it is, from 0
    /// @param hash the chunk's name
    record Head(long offset, long stored, long raw, int codec, int count, int member, Hash hash) {
        long end() {
            return offset + RECORD + stored;
        }
    }

    /// Gets records.
    interface Visitor {
        /// One record; returns whether to go on.
        boolean visit(Head head);
    }

    /// Visits the chunks in order until the visitor has enough, the file ends, or what follows is no record.
    ///
    /// @return where it stopped
    long visit(Visitor visitor) {
        long size = DatabaseFiles.size(path);
        long at = HEADER;
        while (at + RECORD <= size) {
            Head head = head(at);
            if (head.stored() < 1 || head.end() > size || head.codec() > GROUP) {
                return at;
            }
            for (Head each : chunks(head)) {
                if (!visitor.visit(each)) {
                    return at;
                }
            }
            at = head.end();
        }
        return at;
    }

    private Head head(long offset) {
        ByteReader in = new ByteReader(path.getFileName().toString(), DatabaseFiles.read(path, offset, RECORD));
        long stored = in.u32();
        long raw = in.u32();
        int codec = in.u8();
        int count = in.u16();
        in.skip(5);
        return new Head(offset, stored, raw, codec, count, 0, in.hash());
    }

    /// The chunks of a record: of a group, all that are in it.
    private List<Head> chunks(Head head) {
        if (head.codec() != GROUP) {
            return List.of(head);
        }
        List<Head> all = new ArrayList<>();
        for (byte[] chunk : group(head)) {
            all.add(new Head(
                    head.offset(), head.stored(), chunk.length, GROUP, head.count(), all.size(), Hash.of(chunk)));
        }
        return all;
    }

    /// The contents of a group.
    private List<byte[]> group(Head head) {
        byte[] payload = payload(head);
        ByteReader lengths = new ByteReader(path.getFileName().toString(), payload);
        int[] ends = new int[head.count()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += (int) lengths.varint();
            ends[i] = end;
        }
        byte[] content = Zstd.decompress(lengths.bytes(lengths.remaining()), end);
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < ends.length; i++) {
            chunks.add(Arrays.copyOfRange(content, i == 0 ? 0 : ends[i - 1], ends[i]));
        }
        return chunks;
    }

    /// The chunk of a record, its checksum and name verified.
    byte[] chunk(Head head) {
        byte[] chunk = switch (head.codec()) {
            case 0 -> payload(head);
            case 1 -> Zstd.decompress(payload(head), (int) head.raw());
            default -> group(head).get(head.member());
        };
        if (!Hash.of(chunk).equals(head.hash())) {
            throw new CorruptException(
                    path.getFileName().toString(),
                    head.offset(),
                    "a chunk named " + head.hash(),
                    "one named " + Hash.of(chunk));
        }
        return chunk;
    }

    private byte[] payload(Head head) {
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
        return payload;
    }
}
