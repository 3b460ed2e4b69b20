package coppice.engine.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.TagNote;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One entry of the reflog: where a ref was, where it went, and why. Follows from a journal record and the state
/// before it, so replay makes the same entry under the same key again.
///
/// @param note why
/// @param from the commit it was at, or null when it was made
/// @param working the catalog of the working state that the move gave up, or null when it gave up none
/// @param to the commit it went to, or null when it was removed
/// @param given the catalog of the working state that the move put in place, or null where that is the commit's or
///     stayed
/// @param kept whether a branch kept its working state
/// @param tag what the annotated tag said that was removed, or null
public record RefMove(
        Note note,
        @Nullable Hash from,
        @Nullable Hash working,
        @Nullable Hash to,
        @Nullable Hash given,
        boolean kept,
        @Nullable TagNote tag) {
    private static final int VERSION = 1;
    private static final int HAS_FROM = 1;
    private static final int HAS_WORKING = 2;
    private static final int HAS_TO = 4;
    private static final int KEPT = 8;
    private static final int HAS_TAG = 16;
    private static final int HAS_GIVEN = 32;
    private static final int FLAGS = 63;

    /// A move of a ref that has no working state.
    public static RefMove of(Note note, @Nullable Hash from, @Nullable Hash to) {
        return new RefMove(note, from, null, to, null, false, null);
    }

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
        Hash put = given;
        TagNote said = tag;
        int flags = (was == null ? 0 : HAS_FROM)
                | (content == null ? 0 : HAS_WORKING)
                | (is == null ? 0 : HAS_TO)
                | (kept ? KEPT : 0)
                | (said == null ? 0 : HAS_TAG)
                | (put == null ? 0 : HAS_GIVEN);
        ByteWriter out = new ByteWriter(128).u8(VERSION).u8(flags);
        note.encode(out);
        for (Hash hash : new Hash[] {was, content, is, put}) {
            if (hash != null) {
                out.hash(hash);
            }
        }
        if (said != null) {
            said.encode(out);
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
        if ((flags & ~FLAGS) != 0) {
            throw in.corrupt("known flags", "flags " + flags);
        }
        Note note = Note.decode(in);
        Hash from = (flags & HAS_FROM) == 0 ? null : in.hash();
        Hash working = (flags & HAS_WORKING) == 0 ? null : in.hash();
        Hash to = (flags & HAS_TO) == 0 ? null : in.hash();
        Hash given = (flags & HAS_GIVEN) == 0 ? null : in.hash();
        TagNote tag = (flags & HAS_TAG) == 0 ? null : TagNote.decode(in);
        in.expectEnd();
        return new RefMove(note, from, working, to, given, (flags & KEPT) != 0, tag);
    }
}
