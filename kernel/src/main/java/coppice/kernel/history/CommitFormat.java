package coppice.kernel.history;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The bytes of a commit chunk; `docs/format/commit.md`. Each commit has one encoding, and only that is read.
final class CommitFormat {
    static final byte TAG = 'C';
    static final byte VERSION = 1;
    private static final int SIGNED = 1;

    private CommitFormat() {}

    static byte[] encode(Commit commit) {
        boolean signed = !commit.signature().isEmpty();
        ByteWriter out = new ByteWriter(512)
                .u8(TAG)
                .u8(VERSION)
                .u8(signed ? SIGNED : 0)
                .u8(commit.parents().size())
                .zeros(4)
                .i64(commit.generation())
                .i64(commit.authoredAt())
                .i64(commit.committedAt())
                .hash(commit.catalog())
                .hash(commit.closure());
        commit.parents().forEach(out::hash);
        out.utf8(commit.author()).utf8(commit.committer()).utf8(commit.message());
        out.varint(commit.metadata().size());
        commit.metadata().forEach((name, value) -> out.utf8(name).utf8(value));
        if (signed) {
            out.sized(commit.signature().toBytes());
        }
        return out.toBytes();
    }

    /// Whether a chunk is meant to be a commit.
    static boolean isCommit(byte[] bytes) {
        return bytes[0] == TAG;
    }

    static Commit decode(Hash name, byte[] bytes) {
        ByteReader in = new ByteReader("commit " + name, bytes);
        int tag = in.u8();
        if (tag != TAG) {
            throw in.corrupt("a commit (tag C)", "tag " + tag);
        }
        int version = in.u8();
        if (version != VERSION) {
            throw in.corrupt("commit version " + VERSION + " (a newer Coppice may read others)", "version " + version);
        }
        int flags = in.u8();
        if ((flags & ~SIGNED) != 0) {
            throw in.corrupt("known flags", "flags " + flags);
        }
        int parentCount = in.u8();
        in.zeros(4);
        long generation = in.i64();
        long authoredAt = in.i64();
        long committedAt = in.i64();
        Hash catalog = in.hash();
        Hash closure = in.hash();
        List<Hash> parents = new ArrayList<>();
        for (int parent = 0; parent < parentCount; parent++) {
            parents.add(in.hash());
        }
        String author = in.utf8();
        String committer = in.utf8();
        String message = in.utf8();
        Map<String, String> metadata = metadata(in);
        Signature signature = flags == 0 ? Signature.NONE : signature(in);
        in.expectEnd();
        try {
            return new Commit(
                    catalog,
                    parents,
                    generation,
                    closure,
                    author,
                    authoredAt,
                    committer,
                    committedAt,
                    message,
                    metadata,
                    signature);
        } catch (IllegalArgumentException beyondLimits) {
            throw corrupt(in, beyondLimits);
        }
    }

    private static Map<String, String> metadata(ByteReader in) {
        int count = in.count(2);
        Map<String, String> metadata = new TreeMap<>(Commit.BY_UTF8);
        String last = "";
        for (int entry = 0; entry < count; entry++) {
            String name = in.utf8();
            if (Commit.BY_UTF8.compare(last, name) >= 0) {
                throw in.corrupt("metadata names in strictly ascending order", "'" + name + "' after '" + last + "'");
            }
            metadata.put(name, in.utf8());
            last = name;
        }
        return metadata;
    }

    private static Signature signature(ByteReader in) {
        byte[] bytes = in.sized();
        if (bytes.length == 0) {
            throw in.corrupt("a signature", "an empty one");
        }
        try {
            return Signature.of(bytes);
        } catch (IllegalArgumentException tooLong) {
            throw corrupt(in, tooLong);
        }
    }

    private static CorruptException corrupt(ByteReader in, IllegalArgumentException reason) {
        CorruptException corrupt = in.corrupt("a commit within its limits", String.valueOf(reason.getMessage()));
        corrupt.initCause(reason);
        return corrupt;
    }
}
