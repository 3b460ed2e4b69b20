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
/// @param commit the commit it points to, or null for a branch that has none yet
/// @param working the root of the catalog of a branch's working state as last flushed, or null where it is the
///     commit's own
/// @param lsn through which position of the journal the ref and its working state are folded in; at least 0
/// @param createdAt when the ref was made, in milliseconds since 1970 UTC
/// @param updatedAt when it last moved, in milliseconds since 1970 UTC
public record RefValue(
        Kind kind, @Nullable Hash commit, @Nullable Hash working, long lsn, long createdAt, long updatedAt) {
    static final int VERSION = 1;
    private static final int HAS_COMMIT = 1;
    private static final int HAS_WORKING = 2;

    /// What a ref is for.
    public enum Kind {
        /// Moves with each commit and has a working state.
        BRANCH(1),
        /// Names one commit.
        TAG(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /// @throws IllegalArgumentException when the position is negative, or a tag has no commit or has a
    ///     working state
    public RefValue {
        Objects.requireNonNull(kind);
        if (lsn < 0) {
            throw new IllegalArgumentException("A position of the journal is at least 0, not " + lsn);
        }
        if (kind == Kind.TAG && (commit == null || working != null)) {
            throw new IllegalArgumentException("A tag names a commit and has no working state");
        }
    }

    /// A tag of a commit.
    public static RefValue tag(Hash commit, long lsn, long millis) {
        return new RefValue(Kind.TAG, commit, null, lsn, millis, millis);
    }

    /// A branch that starts at a commit, without changes of its own.
    public static RefValue branch(Hash commit, long lsn, long millis) {
        return new RefValue(Kind.BRANCH, commit, null, lsn, millis, millis);
    }

    /// The same ref, moved.
    public RefValue moved(@Nullable Hash toCommit, @Nullable Hash toWorking, long atLsn, long millis) {
        return new RefValue(kind, toCommit, toWorking, atLsn, createdAt, millis);
    }

    /// The bytes of its entry in the tree of refs.
    public byte[] encode() {
        Hash commitHash = commit;
        Hash workingRoot = working;
        int flags = (commitHash == null ? 0 : HAS_COMMIT) | (workingRoot == null ? 0 : HAS_WORKING);
        ByteWriter out = new ByteWriter(96)
                .u8(VERSION)
                .u8(kind.code)
                .u8(flags)
                .u8(0)
                .i64(lsn)
                .i64(createdAt)
                .i64(updatedAt);
        if (commitHash != null) {
            out.hash(commitHash);
        }
        if (workingRoot != null) {
            out.hash(workingRoot);
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
        if ((flags & ~(HAS_COMMIT | HAS_WORKING)) != 0) {
            throw in.corrupt("known flags", "flags " + flags);
        }
        in.zeros(1);
        long lsn = in.i64();
        long createdAt = in.i64();
        long updatedAt = in.i64();
        Hash commit = (flags & HAS_COMMIT) == 0 ? null : in.hash();
        Hash working = (flags & HAS_WORKING) == 0 ? null : in.hash();
        in.expectEnd();
        if (lsn < 0 || (kind == Kind.TAG && flags != HAS_COMMIT)) {
            throw in.corrupt("a ref that its kind allows", kind + " with flags " + flags + " at " + lsn);
        }
        return new RefValue(kind, commit, working, lsn, createdAt, updatedAt);
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
