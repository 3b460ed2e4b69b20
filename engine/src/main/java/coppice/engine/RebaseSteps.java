package coppice.engine;

import coppice.api.Conflict;
import coppice.api.RebaseStep;
import coppice.api.RebaseStep.Action;
import coppice.api.Resolver;
import coppice.engine.edit.RebaseState;
import coppice.engine.edit.RebaseState.Step;
import coppice.engine.edit.RebaseState.Stop;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Commit;
import java.util.List;
import java.util.Optional;

/// Does the steps of a rebase, from state to state. Writes commits, moves nothing.
final class RebaseSteps {
    private final Replaying replaying;

    RebaseSteps(Replaying replaying) {
        this.replaying = replaying;
    }

    /// Steps that pick a line of commits as they are.
    List<Step> picks(Hash since, Hash to) {
        return replaying.line(since, to).stream()
                .map(commit -> new Step(Action.PICK, commit, Optional.empty()))
                .toList();
    }

    static RebaseStep shown(Step step) {
        return new RebaseStep(step.action(), Descriptions.id(step.commit()), step.message());
    }

    String message(Hash commit) {
        return replaying.read(commit).message();
    }

    /// The conflicts at which it stopped.
    List<Conflict> conflicts(RebaseState state) {
        return apply(state, Resolver.NONE).conflicts();
    }

    /// Does steps until one stops or none is left.
    RebaseState advance(RebaseState begin, Resolver resolver) {
        RebaseState state = begin;
        while (state.stop() == Stop.NONE && !state.steps().isEmpty()) {
            state = state.step().action() == Action.DROP ? state.dropped() : next(state, resolver);
        }
        return state;
    }

    private RebaseState next(RebaseState state, Resolver resolver) {
        Step step = state.step();
        if (isThere(state)) {
            return done(state, step.commit());
        }
        Replaying.Result result = apply(state, resolver);
        if (!result.conflicts().isEmpty()) {
            return state.stopped(Stop.CONFLICT, null);
        }
        Hash catalog = result.catalog().root();
        boolean isUnchanged = catalog.equals(replaying.read(state.reached()).catalog());
        if (isUnchanged && !state.keepEmpty() && !wasEmpty(step.commit())) {
            return state.passed();
        }
        return done(state, write(state, catalog));
    }

    private Replaying.Result apply(RebaseState state, Resolver resolver) {
        return replaying.apply(replaying.change(state.step().commit(), 1), state.reached(), resolver);
    }

    /// Whether the commit of the first step is where the step would make another one like it.
    private boolean isThere(RebaseState state) {
        Step step = state.step();
        List<Hash> parents = replaying.read(step.commit()).parents();
        boolean asItIs = step.message().isEmpty() && !isPart(state);
        return asItIs && !parents.isEmpty() && parents.getFirst().equals(state.reached());
    }

    private static boolean isPart(RebaseState state) {
        return state.step().isPart() && state.melding();
    }

    private boolean wasEmpty(Hash commit) {
        List<Hash> parents = replaying.read(commit).parents();
        return !parents.isEmpty()
                && replaying
                        .read(parents.getFirst())
                        .catalog()
                        .equals(replaying.read(commit).catalog());
    }

    private static RebaseState done(RebaseState state, Hash made) {
        Step step = state.step();
        if (step.action() == Action.EDIT) {
            return state.stopped(Stop.EDIT, made);
        }
        boolean asks = step.action() == Action.REWORD && step.message().isEmpty();
        return asks ? state.stopped(Stop.REWORD, made) : state.advanced(made);
    }

    private Hash write(RebaseState state, Hash catalog) {
        Step step = state.step();
        Commit commit = replaying.read(step.commit());
        if (!isPart(state)) {
            String message = step.message().orElse(commit.message());
            return replaying.write(commit, catalog, List.of(state.reached()), message);
        }
        Commit before = replaying.read(state.reached());
        String together = step.action() == Action.FIXUP
                ? before.message()
                : step.message().orElse(before.message() + "\n\n" + commit.message());
        return replaying.write(before, catalog, before.parents(), together);
    }

    /// A commit with another message, if there is one.
    Hash reworded(Hash commit, Optional<String> message) {
        Commit like = replaying.read(commit);
        return message.isEmpty() || like.message().equals(message.get())
                ? commit
                : replaying.write(like, like.catalog(), like.parents(), message.get());
    }

    /// About to try the first step again, with another message if there is one.
    RebaseState decided(RebaseState state, Optional<String> message) {
        Step step = state.step();
        if (message.isEmpty() || step.action() == Action.EDIT) {
            return state.going();
        }
        Action action = step.isPart() ? Action.SQUASH : Action.REWORD;
        return state.with(new Step(action, step.commit(), message));
    }
}
