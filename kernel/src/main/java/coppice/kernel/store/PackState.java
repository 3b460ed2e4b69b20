package coppice.kernel.store;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import java.util.List;

/// Which bytes of which packs hold the chunks that count: everything else in the directory of packs is left
/// over from work that was not finished, and is cut or deleted at open. Part of the [Manifest]; immutable and
/// small.
///
/// Its encoded form is `u64 next id | u32 count | 32 bytes per pack: u64 id | u64 length | u64 raw bytes |
/// u32 chunks | u8 sealed | u8 generation | u8 remains | 1 zero`.
///
/// @param nextId the smallest id that no pack ever had
/// @param packs in the order of their ids
public record PackState(long nextId, List<Entry> packs) {
    /// No packs.
    public static final PackState EMPTY = new PackState(1, List.of());

    private static final int ENTRY_BYTES = 32;

    /// One pack.
    ///
    /// @param id its number, from which its file names follow
    /// @param length how many of its bytes count
    /// @param rawBytes the lengths of its chunks before compression, for statistics
    /// @param chunks how many distinct chunks it holds
    /// @param sealed whether it is complete and has an index file
    /// @param generation how many sweeps its chunks have survived, up to [Sweep#OLDEST]
    /// @param remains whether it holds chunks that were dead when it was last swept
    public record Entry(
            long id, long length, long rawBytes, int chunks, boolean sealed, int generation, boolean remains) {
        /// A pack that no sweep has seen yet.
        public Entry(long id, long length, long rawBytes, int chunks, boolean sealed) {
            this(id, length, rawBytes, chunks, sealed, 0, false);
        }

        /// The bytes of its files together.
        public long fileBytes() {
            return length + (sealed ? IndexFormat.fileBytes(chunks) : 0);
        }

        public Entry {
            if (id < 1
                    || rawBytes < chunks
                    || chunks < 1
                    || generation < 0
                    || generation > Sweep.OLDEST
                    || length < PackHeader.LENGTH + PackRecord.HEADER + chunks
                    || length > Place.OFFSET_LIMIT) {
                throw new IllegalArgumentException("No pack is like this: id " + id + ", " + length + " bytes, "
                        + chunks + " chunks of " + rawBytes + " bytes");
            }
        }
    }

    public PackState {
        packs = List.copyOf(packs);
        long last = 0;
        for (Entry pack : packs) {
            if (pack.id <= last || pack.id >= nextId) {
                throw new IllegalArgumentException(
                        "Pack " + pack.id + " does not lie between pack " + last + " and the next id " + nextId);
            }
            last = pack.id;
        }
    }

    /// Appends the encoded form.
    public void write(ByteWriter to) {
        to.i64(nextId).u32(packs.size());
        for (Entry pack : packs) {
            to.i64(pack.id).i64(pack.length).i64(pack.rawBytes).u32(pack.chunks);
            to.u8(pack.sealed ? 1 : 0)
                    .u8(pack.generation)
                    .u8(pack.remains ? 1 : 0)
                    .zeros(1);
        }
    }

    /// Reads the encoded form.
    ///
    /// @throws coppice.kernel.bytes.CorruptException if it is none
    public static PackState read(ByteReader from) {
        long nextId = from.i64();
        long count = from.u32();
        if (count > from.remaining() / ENTRY_BYTES) {
            throw from.corrupt("at most " + from.remaining() / ENTRY_BYTES + " packs", count + " packs");
        }
        Entry[] packs = new Entry[(int) count];
        try {
            for (int i = 0; i < packs.length; i++) {
                packs[i] = readEntry(from);
            }
            return new PackState(nextId, List.of(packs));
        } catch (IllegalArgumentException e) {
            throw from.corrupt("a list of packs", String.valueOf(e.getMessage()));
        }
    }

    private static Entry readEntry(ByteReader from) {
        long id = from.i64();
        long length = from.i64();
        long rawBytes = from.i64();
        int chunks = from.i32();
        int sealed = from.u8();
        int generation = from.u8();
        int remains = from.u8();
        if (sealed > 1 || remains > 1) {
            throw from.corrupt("sealed and remains 0 or 1", sealed + " and " + remains);
        }
        from.zeros(1);
        return new Entry(id, length, rawBytes, chunks, sealed == 1, generation, remains == 1);
    }
}
