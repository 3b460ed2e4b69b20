package coppice.engine.waiting;

import coppice.api.MergeRule;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A [Replay] as bytes; `docs/format/rebase.md` has them.
public final class ReplayFormat {
    private static final int VERSION = 2;
    private static final int HAS_MADE = 1;
    private static final int KEEP_EMPTY = 2;
    private static final int MELDING = 4;
    private static final int EDITS = 8;
    private static final int ALL_FLAGS = 15;
    /// In the order of their numbers, which never changes; so are the others.
    private static final List<Replay.Kind> KINDS = List.of(Replay.Kind.values());

    private static final List<Replay.Action> ACTIONS = List.of(Replay.Action.values());
    private static final List<Replay.Stop> STOPS = List.of(Replay.Stop.values());

    private ReplayFormat() {}

    /// The bytes of a state.
    static byte[] encode(Replay state) {
        Hash made = state.made();
        int flags = (made == null ? 0 : HAS_MADE)
                | (state.terms().keepEmpty() ? KEEP_EMPTY : 0)
                | (state.melding() ? MELDING : 0)
                | (state.edits() ? EDITS : 0);
        ByteWriter out = new ByteWriter(256)
                .u8(VERSION)
                .u8(flags)
                .u8(STOPS.indexOf(state.stop()))
                .u8(KINDS.indexOf(state.terms().kind()))
                .i64(state.terms().branchMadeAt())
                .utf8(state.terms().words())
                .hash(state.onto())
                .hash(state.original())
                .hash(state.reached());
        if (made != null) {
            out.hash(made);
        }
        out.varint(state.steps().size());
        state.steps().forEach(step -> encode(out, step));
        out.varint(state.skipped().size());
        state.skipped().forEach(out::hash);
        RuleFormat.write(out, state.terms().rules());
        return out.toBytes();
    }

    private static void encode(ByteWriter out, Replay.Step step) {
        out.u8(ACTIONS.indexOf(step.action()))
                .hash(step.commit())
                .varint(step.mainline())
                .u8(step.message().isPresent() ? 1 : 0);
        step.message().ifPresent(out::utf8);
    }

    /// Reads the bytes of a state.
    ///
    /// @param branch the branch it is about, for the message
    /// @throws coppice.kernel.bytes.CorruptException when they are not what [#encode] writes
    public static Replay decode(String branch, byte[] bytes) {
        ByteReader in = new ByteReader("what waits on branch '" + branch + "'", bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.corrupt("version " + VERSION + " (a newer Coppice may read others)", "version " + version);
        }
        int flags = in.u8();
        if ((flags & ~ALL_FLAGS) != 0) {
            throw in.corrupt("flags up to " + ALL_FLAGS, "flags " + flags);
        }
        Replay.Stop stop = one(in, STOPS, "reason to stop");
        Replay.Kind kind = one(in, KINDS, "kind");
        long branchMadeAt = in.i64();
        String words = in.utf8();
        Hash onto = in.hash();
        Hash original = in.hash();
        Hash reached = in.hash();
        @Nullable Hash made = (flags & HAS_MADE) == 0 ? null : in.hash();
        List<Replay.Step> steps = steps(in);
        List<Hash> skipped = new ArrayList<>();
        for (int left = in.count(Hash.BYTES); left > 0; left--) {
            skipped.add(in.hash());
        }
        List<MergeRule> rules = RuleFormat.read(in);
        in.expectEnd();
        boolean isAfterStep = stop == Replay.Stop.EDIT || stop == Replay.Stop.REWORD;
        if (isAfterStep != (made != null) || (stop != Replay.Stop.NONE && steps.isEmpty())) {
            throw in.corrupt("what there is after a stop for " + stop, "something else");
        }
        return new Replay(
                new Replay.Terms(kind, words, branchMadeAt, (flags & KEEP_EMPTY) != 0, rules),
                onto,
                original,
                reached,
                made,
                stop,
                (flags & MELDING) != 0,
                (flags & EDITS) != 0,
                steps,
                skipped);
    }

    private static List<Replay.Step> steps(ByteReader in) {
        int count = in.count(Hash.BYTES + 3);
        List<Replay.Step> steps = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Replay.Action action = one(in, ACTIONS, "action");
            Hash commit = in.hash();
            int mainline = mainline(in);
            steps.add(new Replay.Step(action, commit, mainline, message(in, action)));
        }
        return steps;
    }

    private static int mainline(ByteReader in) {
        long number = in.varint();
        if (number < 1 || number > Commit.PARENTS_MAX) {
            throw in.corrupt("the number of a parent", "" + number);
        }
        return (int) number;
    }

    private static Optional<String> message(ByteReader in, Replay.Action action) {
        int has = in.u8();
        boolean may =
                action == Replay.Action.REWORD || action == Replay.Action.SQUASH || action == Replay.Action.REVERT;
        if (has > (may ? 1 : 0)) {
            throw in.corrupt(may ? "0 or 1" : "no message for " + action, "" + has);
        }
        return has == 0 ? Optional.empty() : Optional.of(in.utf8());
    }

    private static <T> T one(ByteReader in, List<T> all, String what) {
        int code = in.u8();
        if (code >= all.size()) {
            throw in.corrupt("a known " + what, "number " + code);
        }
        return all.get(code);
    }
}
