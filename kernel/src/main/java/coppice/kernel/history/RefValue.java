package coppice.kernel.history;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a ref points. An immutable value; `docs/format/commit.md` has the bytes.
///
/// @param kind what the ref is for
/// @param commit the commit it points to
/// @param working the root of the catalog of a branch's working state as last flushed, or null where it is the
///     commit's own
/// @param note what an annotated tag says, or null
/// @param lsn through which position of the journal the ref and its working state are folded in; at least 0
/// @param createdAt when the ref was made, in milliseconds since 1970 UTC
/// @param updatedAt when it last moved, in milliseconds since 1970 UTC
public record RefValue(
        Kind kind,
        Hash commit,
        @Nullable Hash working,
        @Nullable TagNote note,
        long lsn,
        long createdAt,
        long updatedAt) {
    static final int VERSION = 2;
    private static final int HAS_WORKING = 1;
    private static final int HAS_NOTE = 2;

    /// What a ref is for.
    public enum Kind {
        /// Moves with each commit and has a working state.
        BRANCH(1, HAS_WORKING),
        /// Names one commit for ever.
        TAG(2, HAS_NOTE),
        /// Keeps a commit: what a remote has, a stash, something pinned.
        POINTER(3, 0);

        private final int code;
        private final int flags;

        Kind(int code, int flags) {
            this.code = code;
            this.flags = flags;
        }
    }

    /// @throws IllegalArgumentException when the position is negative, or the kind has no working state or note
    public RefValue {
        Objects.requireNonNull(commit);
        if (lsn < 0) {
            throw new IllegalArgumentException("A position of the journal is at least 0, not " + lsn);
        }
        if ((flags(working, note) & ~kind.flags) != 0) {
            throw new IllegalArgumentException("Only a branch has a working state, and only a tag a note");
        }
    }

    /// A tag of a commit.
    ///
    /// @param note null for a lightweight one
    public static RefValue tag(Hash commit, @Nullable TagNote note, long lsn, long millis) {
        return new RefValue(Kind.TAG, commit, null, note, lsn, millis, millis);
    }

    /// A branch that starts at a commit, without changes of its own.
    public static RefValue branch(Hash commit, long lsn, long millis) {
        return new RefValue(Kind.BRANCH, commit, null, null, lsn, millis, millis);
    }

    /// A ref that only keeps a commit.
    public static RefValue pointer(Hash commit, long lsn, long millis) {
        return new RefValue(Kind.POINTER, commit, null, null, lsn, millis, millis);
    }

    /// The same ref, moved.
    public RefValue moved(Hash toCommit, @Nullable Hash toWorking, long atLsn, long millis) {
        return new RefValue(kind, toCommit, toWorking, note, atLsn, createdAt, millis);
    }

    /// The same ref, as of a position of the journal.
    public RefValue at(long position) {
        return new RefValue(kind, commit, working, note, position, createdAt, updatedAt);
    }

    /// Whether it stands for the same: commit, working state and note, whenever it came there.
    public boolean pointsAs(RefValue other) {
        return kind == other.kind
                && commit.equals(other.commit)
                && Objects.equals(working, other.working)
                && Objects.equals(note, other.note);
    }

    /// Whether it also came there at the same position of the journal, so that it is no news.
    public boolean isAsFar(RefValue other) {
        return pointsAs(other) && lsn == other.lsn && createdAt == other.createdAt;
    }

    private static int flags(@Nullable Hash working, @Nullable TagNote note) {
        return (working == null ? 0 : HAS_WORKING) | (note == null ? 0 : HAS_NOTE);
    }

    /// The bytes of its entry in the tree of refs.
    public byte[] encode() {
        Hash workingRoot = working;
        TagNote tagNote = note;
        ByteWriter out = new ByteWriter(96)
                .u8(VERSION)
                .u8(kind.code)
                .u8(flags(workingRoot, tagNote))
                .u8(0)
                .i64(lsn)
                .i64(createdAt)
                .i64(updatedAt)
                .hash(commit);
        if (workingRoot != null) {
            out.hash(workingRoot);
        }
        if (tagNote != null) {
            tagNote.encode(out);
        }
        return out.toBytes();
    }

    /// Reads an entry of the tree of refs.
    ///
    /// @param name the ref's name, for the message
    /// @throws CorruptException when the bytes are not exactly what [#encode] writes
    public static RefValue decode(String name, byte[] bytes) {
        ByteReader in = new ByteReader("the entry of ref '" + name + "'", bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.corrupt("version " + VERSION + " (a newer Coppice may read others)", "version " + version);
        }
        Kind kind = kind(in);
        int flags = in.u8();
        if ((flags & ~kind.flags) != 0) {
            throw in.corrupt("flags that a " + kind + " may have", "flags " + flags);
        }
        in.zeros(1);
        long lsn = in.i64();
        long createdAt = in.i64();
        long updatedAt = in.i64();
        Hash commit = in.hash();
        Hash working = (flags & HAS_WORKING) == 0 ? null : in.hash();
        TagNote note = (flags & HAS_NOTE) == 0 ? null : TagNote.decode(in);
        in.expectEnd();
        if (lsn < 0) {
            throw in.corrupt("a position of at least 0", "position " + lsn);
        }
        return new RefValue(kind, commit, working, note, lsn, createdAt, updatedAt);
    }

    private static Kind kind(ByteReader in) {
        int code = in.u8();
        for (Kind kind : Kind.values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw in.corrupt("a known kind of ref", "kind " + code);
    }
}
