package coppice.engine;

import coppice.api.ConflictSides;
import coppice.api.Resolver;
import coppice.engine.edit.Editing;
import coppice.engine.live.LiveBranch;
import coppice.engine.merge.ThreeWay;
import coppice.engine.waiting.Replay;

/// The conflicts of the step at which a rebase, cherry-pick or revert stopped.
final class ReplayConflicts extends WaitingConflicts {
    private final Replay state;
    private final Editing editing;

    ReplayConflicts(LiveBranch branch, Replay state, Parts parts) {
        super(branch, parts);
        this.state = state;
        this.editing = parts.editing();
    }

    @Override
    void requireWaiting() {
        editing.replays().require(branch(), state);
    }

    @Override
    ThreeWay work(Resolver resolver) {
        return editing.replays().steps().work(state, resolver);
    }

    @Override
    public Operation operation() {
        return state.terms().kind().operation();
    }

    @Override
    public ConflictSides sides() {
        return doing(() -> editing.replays().steps().sides(state, branch().name()));
    }
}
