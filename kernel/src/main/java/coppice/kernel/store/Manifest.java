package coppice.kernel.store;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.FormatVersionException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/// The superblock: from which trees, packs and journal position a database is opened. One small file,
/// replaced as a whole by every checkpoint; whatever it does not describe does not exist.
///
/// @param databaseId chosen at random when the database was created
/// @param generation counts the manifests of this database, from 1
/// @param checkpointLsn the journal position up to which everything is in the trees; replay begins here
/// @param endLsn the end of the journal at a clean close, or -1: then a journal that ends before `endLsn` has
///     lost history
/// @param refs the root of the tree of refs
/// @param compression how chunks are compressed from now on
/// @param packs where the chunks are
public record Manifest(
        UUID databaseId,
        long generation,
        long checkpointLsn,
        long endLsn,
        Hash refs,
        Compression compression,
        PackState packs) {
    /// The file's name in the directory of a database.
    public static final String FILE = "MANIFEST";

    /// The newest format version that this program reads, and the one it writes.
    public static final int VERSION = 2;

    private static final String NEW_FILE = FILE + ".new";
    private static final byte[] MAGIC = "COPPICE\0".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME = 16;
    private static final int ADAPTIVE = 100;
    private static final int CRC = 4;
    private static final int MAX_BYTES = 64 << 20;

    public Manifest {
        if (generation < 1 || checkpointLsn < 0 || endLsn < -1 || (endLsn >= 0 && endLsn < checkpointLsn)) {
            throw new IllegalArgumentException("No manifest is like this: generation " + generation + ", checkpoint at "
                    + checkpointLsn + ", end at " + endLsn);
        }
    }

    /// The manifest that comes after this one.
    public Manifest next(long nextCheckpointLsn, long nextEndLsn, Hash nextRefs, PackState nextPacks) {
        return new Manifest(
                databaseId, generation + 1, nextCheckpointLsn, nextEndLsn, nextRefs, compression, nextPacks);
    }

    /// The same with another compression.
    public Manifest with(Compression other) {
        return new Manifest(databaseId, generation, checkpointLsn, endLsn, refs, other, packs);
    }

    /// Whether the database was closed properly, so that the journal's end is known.
    public boolean cleanlyClosed() {
        return endLsn >= 0;
    }

    /// Whether it says the same as another manifest, whichever came first.
    public boolean saysAs(Manifest other) {
        return equals(new Manifest(
                other.databaseId,
                generation,
                other.checkpointLsn,
                other.endLsn,
                other.refs,
                other.compression,
                other.packs));
    }

    /// The encoded form: `magic[8] | u32 version | u32 length of the whole | id[16] | u64 generation | u64
    /// checkpoint lsn | i64 end lsn | refs[32] | i32 compression | pack state | u32 crc32c`. Magic, version,
    /// length and checksum keep their places in every version to come.
    public byte[] encode() {
        ByteWriter out = new ByteWriter();
        out.bytes(MAGIC).u32(VERSION).u32(0);
        // The bytes in the order in which the id is written down.
        out.i64(Long.reverseBytes(databaseId.getMostSignificantBits()));
        out.i64(Long.reverseBytes(databaseId.getLeastSignificantBits()));
        out.i64(generation).i64(checkpointLsn).i64(endLsn).hash(refs).i32(code(compression));
        packs.write(out);
        Bytes.putI32(out.array(), FRAME - 4, out.length() + CRC);
        return out.crcFrom(0).toBytes();
    }

    /// Reads the encoded form; `where` names its origin in errors.
    ///
    /// @throws CorruptException if it is none
    /// @throws FormatVersionException if a newer program wrote it
    public static Manifest decode(String where, byte[] bytes) {
        ByteReader in = new ByteReader(where, bytes);
        if (!Arrays.equals(in.bytes(MAGIC.length), MAGIC)) {
            throw new CorruptException(where, 0, "the magic COPPICE of a database", "other bytes");
        }
        long version = in.u32();
        long length = in.u32();
        if (length != bytes.length || length < FRAME + CRC) {
            throw in.corrupt("a file of " + length + " bytes, as it says itself", "one of " + bytes.length);
        }
        ByteReader frame = new ByteReader(where, bytes);
        frame.skip(bytes.length - CRC);
        frame.crcFrom(0);
        if (version != VERSION) {
            throw new FormatVersionException(where, version, VERSION);
        }
        UUID id = new UUID(Long.reverseBytes(in.i64()), Long.reverseBytes(in.i64()));
        long generation = in.i64();
        long checkpointLsn = in.i64();
        long endLsn = in.i64();
        Hash refs = in.hash();
        int code = in.i32();
        PackState packs = PackState.read(in);
        in.skip(CRC);
        in.expectEnd();
        try {
            return new Manifest(id, generation, checkpointLsn, endLsn, refs, compression(code), packs);
        } catch (IllegalArgumentException e) {
            throw new CorruptException(where, FRAME, "a manifest", String.valueOf(e.getMessage()));
        }
    }

    /// 0 is none, 100 adaptive, anything else a level of Zstandard.
    private static int code(Compression compression) {
        return switch (compression) {
            case Compression.None _ -> 0;
            case Compression.Adaptive _ -> ADAPTIVE;
            case Compression.Zstd(int level) -> level;
        };
    }

    private static Compression compression(int code) {
        return switch (code) {
            case 0 -> Compression.none();
            case ADAPTIVE -> Compression.adaptive();
            default -> Compression.zstd(code);
        };
    }

    /// Whether the directory holds a manifest, that is, a database.
    public static boolean exists(Disk disk, String directory) {
        return disk.exists(path(directory, FILE));
    }

    /// Reads the manifest of a directory (relative to the disk's root; empty for the root).
    ///
    /// @throws coppice.kernel.platform.StorageException of kind NOT_FOUND if there is none
    public static Manifest read(Disk disk, String directory) {
        String path = path(directory, FILE);
        try (DiskFile file = disk.open(path, OpenMode.READ)) {
            long size = file.size();
            if (size > MAX_BYTES) {
                throw new CorruptException(path, 0, "at most " + MAX_BYTES + " bytes", size + " bytes");
            }
            byte[] bytes = new byte[(int) size];
            file.read(0, bytes, 0, bytes.length);
            return decode(path, bytes);
        }
    }

    /// Replaces the manifest of a directory, durably and at one stroke: a crash leaves either the old or the
    /// new one. One caller at a time.
    public void write(Disk disk, String directory) {
        byte[] bytes = encode();
        String fresh = path(directory, NEW_FILE);
        if (disk.exists(fresh)) {
            disk.delete(fresh);
        }
        try (DiskFile file = disk.open(fresh, OpenMode.CREATE)) {
            file.write(0, bytes, 0, bytes.length);
            file.sync();
        }
        disk.rename(fresh, path(directory, FILE));
        disk.syncDirectory(directory);
    }

    private static String path(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
