package coppice.kernel.exchange;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.FormatVersionException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.DiskFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// What a bundle says of itself before its chunks begin; `docs/format/bundle.md` has the bytes. Immutable.
///
/// @param refs what it carries, by name; ascending by the bytes of the names
/// @param prerequisites commits that it builds on and that must be there before; ascending
/// @param floor the lowest generation it carries history down to, 0 for all of it
/// @param createdAt when it was made, in milliseconds since 1970 UTC
/// @param commits how many commits it carries
/// @param chunks how many chunks
/// @param bytes how many bytes their records take
public record Bundle(
        List<Ref> refs, List<Hash> prerequisites, long floor, long createdAt, long commits, long chunks, long bytes) {
    /// What to do about a file that is no bundle, or none any more.
    static final String ADVICE = "Give a bundle, or get this one again from where it was made.";

    static final int VERSION = 1;
    static final int HEADER = 64;
    private static final int VERSION_AT = 8;
    private static final int TABLE_AT = 12;
    private static final int CRC_AT = 60;
    private static final byte[] MAGIC = "COPBNDL\0".getBytes(StandardCharsets.US_ASCII);

    /// The longest table of refs and prerequisites, in bytes (64 MiB): some 500,000 refs.
    static final int TABLE_MAX = 64 << 20;

    /// A ref in a bundle.
    ///
    /// @param name its full name
    /// @param commit where it points
    /// @param detail what else belongs to it; the kernel keeps and never reads it
    @SuppressWarnings("ArrayRecordComponent") // compared by content below
    public record Ref(String name, Hash commit, byte[] detail) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Ref that
                    && name.equals(that.name)
                    && commit.equals(that.commit)
                    && Arrays.equals(detail, that.detail);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, commit);
        }
    }

    public Bundle {
        refs = List.copyOf(refs);
        prerequisites = List.copyOf(prerequisites);
    }

    /// The commits that its refs point to, each once.
    public List<Hash> wants() {
        return refs.stream().map(Ref::commit).distinct().toList();
    }

    /// Header and table. The table's length does not depend on the numbers, so they can be filled in afterwards.
    byte[] encode() {
        ByteWriter table = new ByteWriter().varint(refs.size());
        refs.forEach(ref -> table.utf8(ref.name()).hash(ref.commit()).sized(ref.detail()));
        table.varint(prerequisites.size());
        prerequisites.forEach(table::hash);
        if (table.length() > TABLE_MAX) {
            throw new IllegalArgumentException("The refs of a bundle take at most " + TABLE_MAX + " bytes, not "
                    + table.length() + ": choose fewer");
        }
        byte[] bytes = new ByteWriter(HEADER + table.length())
                .bytes(MAGIC)
                .u32(VERSION)
                .u32(table.length())
                .i64(createdAt)
                .i64(commits)
                .i64(chunks)
                .i64(this.bytes)
                .i64(floor)
                .zeros(HEADER - CRC_AT + 4)
                .bytes(table.array(), 0, table.length())
                .toBytes();
        Bytes.putI32(bytes, CRC_AT, crc(bytes));
        return bytes;
    }

    private static int crc(byte[] bytes) {
        return Crc.of(bytes, 0, CRC_AT, bytes, HEADER, bytes.length - HEADER);
    }

    /// Where the records begin.
    static long recordsAt(byte[] encoded) {
        return encoded.length;
    }

    /// Reads header and table of a file, which must be exactly as long as they say.
    ///
    /// @throws CorruptException when it is no bundle, or was cut short or altered
    /// @throws FormatVersionException when a newer program wrote it
    public static Bundle read(DiskFile file) {
        try {
            return readWhole(file);
        } catch (CorruptException wrong) {
            throw wrong.advising(ADVICE);
        }
    }

    private static Bundle readWhole(DiskFile file) {
        byte[] header = new byte[HEADER];
        int found = file.readUpTo(0, header, 0, HEADER);
        if (found < HEADER || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new CorruptException(
                    file.path(), 0, "a bundle, which begins with COPBNDL", found < HEADER ? "its end" : "other bytes");
        }
        long length = Bytes.u32(header, TABLE_AT);
        if (length > TABLE_MAX || HEADER + length > file.size()) {
            throw new CorruptException(
                    file.path(), TABLE_AT, "the length of a table that is in the file", length + " bytes");
        }
        byte[] bytes = Arrays.copyOf(header, HEADER + (int) length);
        file.read(HEADER, bytes, HEADER, (int) length);
        int crc = crc(bytes);
        if (crc != Bytes.i32(bytes, CRC_AT)) {
            throw new CorruptException(
                    file.path(),
                    CRC_AT,
                    "checksum " + Integer.toHexString(crc),
                    Integer.toHexString(Bytes.i32(bytes, CRC_AT)));
        }
        long version = Bytes.u32(header, VERSION_AT);
        if (version != VERSION) {
            throw new FormatVersionException(file.path(), version, VERSION);
        }
        Bundle bundle = decode(new ByteReader(file.path(), bytes));
        long end = bytes.length + bundle.bytes;
        if (bundle.bytes < 0 || file.size() != end) {
            throw new CorruptException(
                    file.path(), file.size(), "a bundle of " + end + " bytes", "one of " + file.size());
        }
        return bundle;
    }

    private static Bundle decode(ByteReader in) {
        in.skip(TABLE_AT + 4);
        long createdAt = in.i64();
        long commits = in.i64();
        long chunks = in.i64();
        long bytes = in.i64();
        long floor = in.i64();
        in.zeros(4);
        in.skip(4);
        List<Ref> refs = new ArrayList<>();
        int count = in.count(2 + Hash.BYTES);
        for (int ref = 0; ref < count; ref++) {
            refs.add(new Ref(in.utf8(), in.hash(), in.sized()));
        }
        List<Hash> prerequisites = new ArrayList<>();
        int required = in.count(Hash.BYTES);
        for (int commit = 0; commit < required; commit++) {
            prerequisites.add(in.hash());
        }
        in.expectEnd();
        if (floor < 0 || commits < 0 || chunks < 0) {
            throw in.corrupt("numbers of at least 0", floor + ", " + commits + " and " + chunks);
        }
        return new Bundle(refs, prerequisites, floor, createdAt, commits, chunks, bytes);
    }

    /// The same with the numbers that are known when its chunks are written.
    Bundle with(long ofCommits, long ofChunks, long ofBytes) {
        return new Bundle(refs, prerequisites, floor, createdAt, ofCommits, ofChunks, ofBytes);
    }
}
