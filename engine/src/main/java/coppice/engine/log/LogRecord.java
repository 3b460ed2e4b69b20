package coppice.engine.log;

import coppice.engine.delta.Delta;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import coppice.kernel.journal.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One thing that happened to the database, as the journal keeps it. Replayed in order over the last checkpoint,
/// these give the state again, to the root hash.
public sealed interface LogRecord {
    /// The journal's record type of [Writes].
    byte WRITES = 1;

    /// The journal's record type of `Mark`.
    byte MARK = 2;

    /// The journal's record type of [Committed].
    byte COMMITTED = 3;

    /// The journal's record type of [Moved].
    byte MOVED = 4;

    /// The journal's record type of [Dropped].
    byte DROPPED = 5;

    /// The journal's record type of [Loaded].
    byte LOADED = 6;

    /// The journal's record type of [Placed].
    byte PLACED = 7;

    /// The journal's record type of [Renamed].
    byte RENAMED = 8;

    /// The journal's record type of [Stashed].
    byte STASHED = 9;

    /// The journal's record type of [Transacted].
    byte TRANSACTED = 10;

    /// What happened to a branch in use, and left it where and what it is called.
    sealed interface OnBranch extends LogRecord {
        /// The name of the branch.
        String branch();
    }

    /// A transaction took effect on a branch.
    record Writes(String branch, List<SpaceWrites> spaces) implements OnBranch {}

    /// The working state of a branch as of here is about to be committed or put aside.
    record Mark(String branch) implements OnBranch {}

    /// The working state of a branch as of its last mark became a commit. Replay arrives at the same catalog and
    /// checks that it did.
    ///
    /// @param commit the bytes of the commit chunk
    record Committed(String branch, byte[] commit, Note note) implements OnBranch {}

    /// A branch went to a commit. The commit and the working state are durable or made by an earlier record.
    record Moved(String branch, Hash commit, Working working, Note note) implements OnBranch {}

    /// A space without entries got the content of a tree, which is durable.
    record Loaded(String branch, String space, Hash root) implements OnBranch {}

    /// A ref that is no branch in use was made or set. What it points to is durable or made by an earlier record.
    ///
    /// @param ref its whole name
    /// @param value what it is; its position is that of this record
    record Placed(String ref, RefValue value, Note note) implements LogRecord {}

    /// A ref was removed.
    ///
    /// @param ref its whole name
    record Dropped(String ref, Note note) implements LogRecord {}

    /// A branch got another name.
    record Renamed(String from, String to, Note note) implements LogRecord {}

    /// The working state of a branch as of its last mark became a commit under a ref, and the branch has only
    /// what was written since over its latest commit.
    ///
    /// @param ref the whole name of the ref
    /// @param commit the bytes of the commit chunk
    record Stashed(String branch, String ref, byte[] commit, Note note) implements OnBranch {}

    /// A transaction took effect on a branch and became a version of it, in one.
    ///
    /// @param commit the bytes of the commit chunk
    /// @param isKept whether the commit is durable, and the working state may hold more than it; else the commit
    ///     is of the whole working state after the transaction, and replay makes it again
    record Transacted(String branch, List<SpaceWrites> spaces, byte[] commit, boolean isKept, Note note)
            implements OnBranch {}

    /// The working state of a branch after a move.
    sealed interface Working {
        /// That of the commit.
        record Committed() implements Working {}

        /// What it was before.
        record Kept() implements Working {}

        /// That of a catalog.
        record Replaced(Hash catalog) implements Working {}
    }

    /// Whether a record only adds to the working state of a branch, or does nothing to it.
    static boolean isWrite(LogRecord entry) {
        return switch (entry) {
            case Writes _, Loaded _, Mark _ -> true;
            case Committed _, Moved _, Dropped _, Placed _, Renamed _, Stashed _, Transacted _ -> false;
        };
    }

    /// What a record writes, where that is all that it does.
    static Optional<List<SpaceWrites>> written(LogRecord entry) {
        return switch (entry) {
            case Writes written -> Optional.of(written.spaces());
            case Transacted made -> Optional.of(made.spaces());
            default -> Optional.empty();
        };
    }

    /// Whether a record changes no row.
    static boolean isQuiet(LogRecord entry) {
        return switch (entry) {
            case Mark _, Committed _ -> true;
            case Moved moved -> moved.working() instanceof Working.Kept;
            default -> false;
        };
    }

    /// The type of a record in the journal.
    static byte type(LogRecord entry) {
        return switch (entry) {
            case Writes _ -> WRITES;
            case Mark _ -> MARK;
            case Committed _ -> COMMITTED;
            case Moved _ -> MOVED;
            case Dropped _ -> DROPPED;
            case Loaded _ -> LOADED;
            case Placed _ -> PLACED;
            case Renamed _ -> RENAMED;
            case Stashed _ -> STASHED;
            case Transacted _ -> TRANSACTED;
        };
    }

    /// The bytes of a record.
    static ByteWriter encode(LogRecord entry) {
        ByteWriter out = new ByteWriter(roomFor(entry));
        switch (entry) {
            case Writes(String branch, List<SpaceWrites> spaces) -> encodeWrites(out.utf8(branch), spaces);
            case Mark(String branch) -> out.utf8(branch);
            case Committed(String branch, byte[] commit, Note note) ->
                note.encode(out.utf8(branch).sized(commit));
            case Moved(String branch, Hash commit, Working working, Note note) ->
                note.encode(encodeWorking(out.utf8(branch).hash(commit), working));
            case Dropped(String ref, Note note) -> note.encode(out.utf8(ref));
            case Loaded(String branch, String space, Hash root) ->
                out.utf8(branch).utf8(space).hash(root);
            case Placed(String ref, RefValue value, Note note) ->
                note.encode(out.utf8(ref).sized(value.at(0).encode()));
            case Renamed(String from, String to, Note note) ->
                note.encode(out.utf8(from).utf8(to));
            case Stashed(String branch, String ref, byte[] commit, Note note) ->
                note.encode(out.utf8(branch).utf8(ref).sized(commit));
            case Transacted(String branch, List<SpaceWrites> spaces, byte[] commit, boolean isKept, Note note) -> {
                encodeWrites(out.utf8(branch), spaces);
                note.encode(out.u8(isKept ? 1 : 0).sized(commit));
            }
        }
        return out;
    }

    /// Room that spares a long record most of its growing.
    private static int roomFor(LogRecord entry) {
        long content = 0;
        for (SpaceWrites one : writes(entry)) {
            content += one.encodedBytes();
        }
        return (int) Math.min(256 + content, Journal.MAX_PAYLOAD);
    }

    private static List<SpaceWrites> writes(LogRecord entry) {
        return switch (entry) {
            case Writes writes -> writes.spaces();
            case Transacted transacted -> transacted.spaces();
            default -> List.of();
        };
    }

    /// Reads a record.
    ///
    /// @param where names its place for errors
    /// @throws CorruptException when the bytes are not what [#encode] writes
    static LogRecord decode(String where, byte type, byte[] bytes, int offset, int length) {
        ByteReader in = new ByteReader(where, bytes, offset, length);
        LogRecord entry = switch (type) {
            case WRITES -> new Writes(in.utf8(), decodeWrites(in));
            case MARK -> new Mark(in.utf8());
            case COMMITTED -> new Committed(in.utf8(), in.sized(), Note.decode(in));
            case MOVED -> new Moved(in.utf8(), in.hash(), decodeWorking(in), Note.decode(in));
            case DROPPED -> new Dropped(in.utf8(), Note.decode(in));
            case LOADED -> new Loaded(in.utf8(), in.utf8(), in.hash());
            case PLACED -> decodePlaced(in);
            case RENAMED -> new Renamed(in.utf8(), in.utf8(), Note.decode(in));
            case STASHED -> new Stashed(in.utf8(), in.utf8(), in.sized(), Note.decode(in));
            case TRANSACTED -> decodeTransacted(in);
            default -> throw in.corrupt("a record type from 1 to 10", "type " + type);
        };
        in.expectEnd();
        return entry;
    }

    private static Placed decodePlaced(ByteReader in) {
        String ref = in.utf8();
        return new Placed(ref, RefValue.decode(ref, in.sized()).at(0), Note.decode(in));
    }

    private static Transacted decodeTransacted(ByteReader in) {
        String branch = in.utf8();
        List<SpaceWrites> writes = decodeWrites(in);
        int kept = in.u8();
        if (kept > 1) {
            throw in.corrupt("0 for a commit to be made again or 1 for one that is kept", "" + kept);
        }
        return new Transacted(branch, writes, in.sized(), kept == 1, Note.decode(in));
    }

    private static ByteWriter encodeWorking(ByteWriter out, Working working) {
        return switch (working) {
            case Working.Committed _ -> out.u8(0);
            case Working.Kept _ -> out.u8(1);
            case Working.Replaced(Hash catalog) -> out.u8(2).hash(catalog);
        };
    }

    private static Working decodeWorking(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case 0 -> new Working.Committed();
            case 1 -> new Working.Kept();
            case 2 -> new Working.Replaced(in.hash());
            default -> throw in.corrupt("a kind of working state from 0 to 2", "kind " + kind);
        };
    }

    private static void encodeWrites(ByteWriter out, List<SpaceWrites> spaces) {
        out.varint(spaces.size());
        for (SpaceWrites writes : spaces) {
            out.utf8(writes.space()).varint(writes.keys().length);
            for (int i = 0; i < writes.keys().length; i++) {
                out.sized(writes.keys()[i]);
                encodeValue(out, writes.values()[i]);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // removal is an identity, not a content
    private static void encodeValue(ByteWriter out, byte[] value) {
        if (value == Delta.REMOVED) {
            out.varint(0);
        } else {
            out.varint(value.length + 1L).bytes(value);
        }
    }

    private static List<SpaceWrites> decodeWrites(ByteReader in) {
        int spaces = in.count(3);
        List<SpaceWrites> all = new ArrayList<>(spaces);
        for (int i = 0; i < spaces; i++) {
            String space = in.utf8();
            int count = in.count(2);
            byte[][] keys = new byte[count][];
            byte[][] values = new byte[count][];
            for (int j = 0; j < count; j++) {
                keys[j] = in.sized();
                values[j] = decodeValue(in);
            }
            all.add(new SpaceWrites(space, keys, values));
        }
        return all;
    }

    private static byte[] decodeValue(ByteReader in) {
        long length = in.varint();
        if (length == 0) {
            return Delta.REMOVED;
        }
        if (length < 0 || length - 1 > in.remaining()) {
            throw in.corrupt("a value within the record", "a length of " + Long.toUnsignedString(length - 1));
        }
        return in.bytes((int) (length - 1));
    }
}
