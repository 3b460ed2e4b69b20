package coppice.engine;

import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.PickInProgress;
import coppice.api.PickOutcome;
import coppice.engine.edit.Picking;
import coppice.engine.live.LiveBranch;
import coppice.engine.storage.Gate;
import coppice.engine.terms.Descriptions;
import coppice.engine.version.Versions;
import coppice.engine.waiting.Replay;
import coppice.engine.waiting.Replay.Stop;
import java.util.List;
import java.util.Optional;

/// The API's face of a cherry-pick or revert that waits.
final class EmbeddedPick implements PickInProgress {
    private final LiveBranch branch;
    private final Replay state;
    private final Picking picking;
    private final Versions versions;
    private final Gate gate;

    EmbeddedPick(LiveBranch branch, Replay state, Picking picking, Versions versions, Gate gate) {
        this.branch = branch;
        this.state = state;
        this.picking = picking;
        this.versions = versions;
        this.gate = gate;
    }

    @Override
    public boolean isRevert() {
        return state.terms().kind() == Replay.Kind.REVERT;
    }

    private boolean isAtStep() {
        return state.stop() != Stop.NONE;
    }

    @Override
    public Optional<Commit> at() {
        return isAtStep()
                ? Optional.of(gate.guarded(() -> versions.describe(state.step().commit())))
                : Optional.empty();
    }

    @Override
    public List<Commit> made() {
        return gate.guarded(() -> picking.made(state));
    }

    @Override
    public List<CommitId> remaining() {
        return state.steps().stream()
                .skip(isAtStep() ? 1 : 0)
                .map(step -> Descriptions.id(step.commit()))
                .toList();
    }

    @Override
    public PickOutcome resume(Optional<String> message) {
        return gate.guarded(() -> picking.resume(branch, state, message));
    }

    @Override
    public PickOutcome skip() {
        return gate.guarded(() -> picking.skip(branch, state));
    }

    @Override
    public void abort() {
        gate.guarded(() -> {
            picking.abort(branch, state);
            return true;
        });
    }
}
