package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.PackRecord.Codec;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// From chunk to record and back. Loads the native library when the first compressed chunk is met or
/// compression is asked for, never before. Thread-safe.
final class ChunkCodec implements AutoCloseable {
    private static final int BUFFERS = 4;

    /// So many decoded groups are kept, 4 MiB at most, so that a walk through history decodes each once.
    private static final int GROUPS = 16;

    private final ArrayBlockingQueue<byte[]> buffers = new ArrayBlockingQueue<>(BUFFERS);
    private final Compression compression;
    private final Supplier<Zstd> loader;
    private final ReadCache<Group> groups = new ReadCache<>(GROUPS);
    private volatile @Nullable Zstd zstd;

    private ChunkCodec(Compression compression, Supplier<Zstd> loader) {
        this.compression = compression;
        this.loader = loader;
    }

    /// A codec for these options.
    ///
    /// @throws ZstdUnavailableException if they ask for compression, it is not there, and they allow no
    ///     fall-back
    static ChunkCodec of(PackOptions options) {
        return of(options, Zstd::load);
    }

    static ChunkCodec of(PackOptions options, Supplier<Zstd> loader) {
        if (options.compression() instanceof Compression.None) {
            return new ChunkCodec(options.compression(), loader);
        }
        ChunkCodec codec = new ChunkCodec(options.compression(), loader);
        try {
            var _ = codec.zstd("Compression is asked for");
            return codec;
        } catch (ZstdUnavailableException e) {
            if (options.rawWithoutZstd()) {
                return new ChunkCodec(Compression.none(), loader);
            }
            throw e;
        }
    }

    /// Encodes a run of chunks into one array of records.
    Records encode(Batch batch) {
        byte[] bytes = buffer(batch.encodedBound());
        int[] ends = new int[batch.count()];
        Zstd.@Nullable Compressor compressor = compression instanceof Compression.None
                ? null
                : zstd("Compression is asked for").borrow(compression);
        try {
            int at = 0;
            for (int i = 0; i < ends.length; i++) {
                at += encode(batch, i, bytes, at, compressor);
                ends[i] = at;
            }
            return new Records(bytes, ends);
        } finally {
            if (compressor != null) {
                compressor.giveBack();
            }
        }
    }

    private byte[] buffer(int length) {
        byte[] kept = buffers.poll();
        return kept != null && kept.length >= length ? kept : new byte[length];
    }

    /// Takes records back that nobody looks at any more, for their room.
    void giveBack(Records records) {
        var _ = buffers.offer(records.bytes());
    }

    private static int encode(Batch batch, int i, byte[] into, int at, Zstd.@Nullable Compressor compressor) {
        byte[] record = batch.record(i);
        if (record != null) {
            System.arraycopy(record, 0, into, at, record.length);
            return record.length;
        }
        byte[] chunk = batch.chunk(i);
        int payload = at + PackRecord.HEADER;
        if (compressor != null) {
            int most = chunk.length - Math.ceilDiv(chunk.length, 16);
            int stored = compressor.compress(chunk, into, payload, most);
            if (stored <= most) {
                return PackRecord.frame(into, at, batch.hash(i), stored, chunk.length, Codec.ZSTD);
            }
        }
        System.arraycopy(chunk, 0, into, payload, chunk.length);
        return PackRecord.frame(into, at, batch.hash(i), chunk.length, chunk.length, Codec.RAW);
    }

    /// Whether chunks are compressed, and groups can be made.
    boolean compresses() {
        return !(compression instanceof Compression.None);
    }

    /// Encodes 2 to [Group#CHUNKS_MAX] chunks of at most [Group#BYTES_MAX] bytes into one record.
    ///
    /// @param first the name of the first chunk
    byte[] encodeGroup(Hash first, List<byte[]> chunks) {
        int length = 0;
        for (byte[] chunk : chunks) {
            length += chunk.length;
        }
        byte[] content = new byte[length];
        int end = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, content, end, chunk.length);
            end += chunk.length;
        }
        byte[] record = new byte[PackRecord.HEADER + Group.tableBound(chunks.size()) + Zstd.bound(length)];
        int frame = Group.writeTable(chunks, record, PackRecord.HEADER);
        int stored = frame
                - PackRecord.HEADER
                + zstd("Compression is asked for").compressGroup(content, length, record, frame);
        return Arrays.copyOf(record, PackRecord.frame(record, 0, first, stored, length, Codec.GROUP, chunks.size()));
    }

    /// The group in a record of which header and checksum have been checked.
    Group decodeGroup(String where, long position, byte[] record, int at, int length) {
        return decodeGroup(where, position, record, at, length, new byte[PackRecord.rawLength(record, at)]);
    }

    /// As above, with its content at the beginning of an array that has room for it.
    Group decodeGroup(String where, long position, byte[] record, int at, int length, byte[] into) {
        int raw = PackRecord.rawLength(record, at);
        int end = at + length;
        Group.Table table = Group.Table.read(
                where, position, record, at + PackRecord.HEADER, end, PackRecord.count(record, at), raw);
        decompress(where, position, record, table.frame(), end - table.frame(), into, raw);
        return new Group(into, table.ends());
    }

    /// The groups that were read last.
    ReadCache<Group> groups() {
        return groups;
    }

    /// The chunk in a record of which header and checksum have been checked.
    byte[] decode(String where, long position, byte[] record, int at, int length) {
        int payload = at + PackRecord.HEADER;
        return switch (PackRecord.codec(record, at)) {
            case RAW -> Arrays.copyOfRange(record, payload, at + length);
            case ZSTD ->
                decompress(
                        where, position, record, payload, length - PackRecord.HEADER, PackRecord.rawLength(record, at));
            case GROUP -> throw new CorruptException(where, position, "the record of one chunk", "that of a group");
        };
    }

    /// As [#decode], into the beginning of an array that has room for it; returns its length.
    int decode(String where, long position, byte[] record, int at, int length, byte[] into) {
        int raw = PackRecord.rawLength(record, at);
        if (PackRecord.codec(record, at) == Codec.ZSTD) {
            decompress(where, position, record, at + PackRecord.HEADER, length - PackRecord.HEADER, into, raw);
        } else {
            System.arraycopy(record, at + PackRecord.HEADER, into, 0, raw);
        }
        return raw;
    }

    private byte[] decompress(String where, long position, byte[] from, int at, int length, int rawLength) {
        byte[] raw = new byte[rawLength];
        decompress(where, position, from, at, length, raw, rawLength);
        return raw;
    }

    private void decompress(String where, long position, byte[] from, int at, int length, byte[] raw, int rawLength) {
        Zstd loaded = zstd;
        if (loaded == null) {
            loaded = zstd("A compressed chunk in " + where + " is asked for");
        }
        int size = loaded.decompress(from, at, length, raw, rawLength);
        if (size != rawLength) {
            throw new CorruptException(
                    where,
                    position,
                    "a Zstandard frame of " + rawLength + " bytes",
                    size < 0 ? "bytes that are none" : "one of " + size + " bytes");
        }
    }

    private Zstd zstd(String why) {
        Zstd loaded = zstd;
        if (loaded == null) {
            try {
                loaded = loader.get();
            } catch (LinkageError | RuntimeException e) {
                throw new ZstdUnavailableException(why, e);
            }
            zstd = loaded;
        }
        return loaded;
    }

    @Override
    public void close() {
        Zstd loaded = zstd;
        if (loaded != null) {
            loaded.close();
        }
    }
}
