package coppice.engine.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One entry of the reflog: where a ref was, where it went, and why. Follows from a journal record and the state
/// before it, so replay makes the same entry under the same key again.
///
/// @param note why
/// @param from the commit it was at, or null when it was made
/// @param working the catalog of the working state that the move gave up, or null when it gave up none
/// @param to the commit it went to, or null when it was removed
public record RefMove(
        Note note,
        @Nullable Hash from,
        @Nullable Hash working,
        @Nullable Hash to) {
    private static final int VERSION = 1;
    private static final int HAS_FROM = 1;
    private static final int HAS_WORKING = 2;
    private static final int HAS_TO = 4;

    /// The key of the entry that the record at a journal position makes: sorted by ref, then by time.
    public static byte[] key(String ref, long lsn) {
        byte[] name = ref.getBytes(UTF_8);
        byte[] key = Arrays.copyOf(name, name.length + 1 + Long.BYTES);
        Bytes.putI64BigEndian(key, name.length + 1, lsn);
        return key;
    }

    /// The ref of an entry's key.
    public static String ref(byte[] key) {
        return new String(key, 0, key.length - 1 - Long.BYTES, UTF_8);
    }

    /// The journal position of an entry's key.
    public static long lsn(byte[] key) {
        return Bytes.i64BigEndian(key, key.length - Long.BYTES);
    }

    /// The bytes of the entry.
    public byte[] encode() {
        Hash was = from;
        Hash content = working;
        Hash is = to;
        int flags = (was == null ? 0 : HAS_FROM) | (content == null ? 0 : HAS_WORKING) | (is == null ? 0 : HAS_TO);
        ByteWriter out = new ByteWriter(128).u8(VERSION).u8(flags);
        note.encode(out);
        for (Hash hash : new Hash[] {was, content, is}) {
            if (hash != null) {
                out.hash(hash);
            }
        }
        return out.toBytes();
    }

    /// Reads an entry.
    ///
    /// @throws CorruptException when the bytes are not what [#encode] writes
    public static RefMove decode(String ref, byte[] bytes) {
        ByteReader in = new ByteReader("the reflog of '" + ref + "'", bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.corrupt("version " + VERSION + " (a newer Coppice may read others)", "version " + version);
        }
        int flags = in.u8();
        if ((flags & ~(HAS_FROM | HAS_WORKING | HAS_TO)) != 0) {
            throw in.corrupt("known flags", "flags " + flags);
        }
        Note note = Note.decode(in);
        Hash from = (flags & HAS_FROM) == 0 ? null : in.hash();
        Hash working = (flags & HAS_WORKING) == 0 ? null : in.hash();
        Hash to = (flags & HAS_TO) == 0 ? null : in.hash();
        in.expectEnd();
        return new RefMove(note, from, working, to);
    }
}
