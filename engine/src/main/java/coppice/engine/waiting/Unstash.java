package coppice.engine.waiting;

import coppice.api.MergeRule;
import coppice.engine.log.Note;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Hash;
import java.util.List;
import java.util.Optional;

/// What was put aside and waits for decisions to come back; `docs/format/rebase.md` has the bytes.
///
/// @param ref the whole name of the entry's ref
/// @param commit the entry's commit
/// @param pop whether the entry is dropped in the end
/// @param begunAt when it began to wait, in milliseconds since 1970 UTC
/// @param branchMadeAt when the branch was made, which tells it from an earlier one of the same name
/// @param rules its own merge rules
public record Unstash(String ref, Hash commit, boolean pop, long begunAt, long branchMadeAt, List<MergeRule> rules) {
    private static final int VERSION = 1;
    private static final String POPPED = "popped ";
    /// Of a commit's name.
    private static final int DIGITS = 12;

    public Unstash {
        rules = List.copyOf(rules);
    }

    /// What the reflog says when it has come back.
    public Note note(String who) {
        return new Note(who, begunAt, "stash", words(", with decisions"));
    }

    /// What the reflog says when it comes back.
    ///
    /// @param more of it
    public String words(String more) {
        return (pop ? POPPED : "applied ") + commit.toString().substring(0, DIGITS) + more;
    }

    /// The beginning of the name of the entry's commit, if this is what the reflog says of one that came back and was
    /// dropped.
    public static Optional<String> popped(Note note) {
        String text = note.text();
        return note.action().equals("stash") && text.startsWith(POPPED) && text.length() >= POPPED.length() + DIGITS
                ? Optional.of(text.substring(POPPED.length(), POPPED.length() + DIGITS))
                : Optional.empty();
    }

    /// The bytes.
    byte[] encode() {
        ByteWriter out = new ByteWriter(128)
                .u8(VERSION)
                .utf8(ref)
                .hash(commit)
                .u8(pop ? 1 : 0)
                .i64(begunAt)
                .i64(branchMadeAt);
        RuleFormat.write(out, rules);
        return out.toBytes();
    }

    /// Reads the bytes.
    ///
    /// @param branch the branch that it is to come back to, for the message
    /// @throws coppice.kernel.bytes.CorruptException when they are not what [#encode] writes
    public static Unstash decode(String branch, byte[] bytes) {
        ByteReader in = new ByteReader("the stash that waits on branch '" + branch + "'", bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.corrupt("version " + VERSION + " (a newer Coppice may read others)", "version " + version);
        }
        String ref = in.utf8();
        Hash commit = in.hash();
        int pop = in.u8();
        if (pop > 1) {
            throw in.corrupt("0 or 1", "" + pop);
        }
        Unstash read = new Unstash(ref, commit, pop == 1, in.i64(), in.i64(), RuleFormat.read(in));
        in.expectEnd();
        return read;
    }
}
