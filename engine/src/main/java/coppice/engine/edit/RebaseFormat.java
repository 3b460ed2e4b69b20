package coppice.engine.edit;

import coppice.api.RebaseStep;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A [RebaseState] as bytes; `docs/format/rebase.md` has them.
public final class RebaseFormat {
    private static final int VERSION = 1;
    private static final int HAS_MADE = 1;
    private static final int KEEP_EMPTY = 2;
    private static final int MELDING = 4;
    private static final int EDITS = 8;
    private static final int ALL_FLAGS = 15;
    private static final List<RebaseStep.Action> ACTIONS = List.of(RebaseStep.Action.values());
    private static final List<RebaseState.Stop> STOPS = List.of(RebaseState.Stop.values());

    private RebaseFormat() {}

    /// The bytes of a state.
    public static byte[] encode(RebaseState state) {
        Hash made = state.made();
        int flags = (made == null ? 0 : HAS_MADE)
                | (state.keepEmpty() ? KEEP_EMPTY : 0)
                | (state.melding() ? MELDING : 0)
                | (state.edits() ? EDITS : 0);
        ByteWriter out = new ByteWriter(256)
                .u8(VERSION)
                .u8(flags)
                .u8(STOPS.indexOf(state.stop()))
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
        return out.toBytes();
    }

    private static void encode(ByteWriter out, RebaseState.Step step) {
        out.u8(ACTIONS.indexOf(step.action()))
                .hash(step.commit())
                .u8(step.message().isPresent() ? 1 : 0);
        step.message().ifPresent(out::utf8);
    }

    /// Reads the bytes of a state.
    ///
    /// @param branch the branch that is rebased, for the message
    /// @throws coppice.kernel.bytes.CorruptException when they are not what [#encode] writes
    public static RebaseState decode(String branch, byte[] bytes) {
        ByteReader in = new ByteReader("the rebase of branch '" + branch + "'", bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.corrupt("version " + VERSION + " (a newer Coppice may read others)", "version " + version);
        }
        int flags = in.u8();
        if ((flags & ~ALL_FLAGS) != 0) {
            throw in.corrupt("flags up to " + ALL_FLAGS, "flags " + flags);
        }
        RebaseState.Stop stop = one(in, STOPS, "reason to stop");
        Hash onto = in.hash();
        Hash original = in.hash();
        Hash reached = in.hash();
        @Nullable Hash made = (flags & HAS_MADE) == 0 ? null : in.hash();
        List<RebaseState.Step> steps = steps(in);
        List<Hash> skipped = new ArrayList<>();
        for (int left = in.count(Hash.BYTES); left > 0; left--) {
            skipped.add(in.hash());
        }
        in.expectEnd();
        boolean isAfterStep = stop == RebaseState.Stop.EDIT || stop == RebaseState.Stop.REWORD;
        if (isAfterStep != (made != null) || (stop != RebaseState.Stop.NONE && steps.isEmpty())) {
            throw in.corrupt("what a rebase has that stopped for " + stop, "something else");
        }
        return new RebaseState(
                onto,
                original,
                reached,
                made,
                stop,
                (flags & KEEP_EMPTY) != 0,
                (flags & MELDING) != 0,
                (flags & EDITS) != 0,
                steps,
                skipped);
    }

    private static List<RebaseState.Step> steps(ByteReader in) {
        int count = in.count(Hash.BYTES + 2);
        List<RebaseState.Step> steps = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            RebaseStep.Action action = one(in, ACTIONS, "action");
            Hash commit = in.hash();
            steps.add(new RebaseState.Step(action, commit, message(in, action)));
        }
        return steps;
    }

    private static Optional<String> message(ByteReader in, RebaseStep.Action action) {
        int has = in.u8();
        boolean may = action == RebaseStep.Action.REWORD || action == RebaseStep.Action.SQUASH;
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
