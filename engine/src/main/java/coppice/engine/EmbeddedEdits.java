package coppice.engine;

import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.HistoryEdits;
import coppice.api.Pick;
import coppice.api.PickInProgress;
import coppice.api.PickOutcome;
import coppice.api.Rebase;
import coppice.api.RebaseDecision;
import coppice.api.RebaseOutcome;
import coppice.api.RebasePlan;
import coppice.api.RebaseProgress;
import coppice.engine.edit.Editing;
import coppice.engine.live.LiveBranch;
import coppice.engine.storage.Gate;
import coppice.engine.version.Versions;
import coppice.engine.waiting.Replay;
import java.util.Optional;

/// The API's face of what changes the history of one branch.
final class EmbeddedEdits implements HistoryEdits, Rebase {
    private final LiveBranch branch;
    private final Editing editing;
    private final Versions versions;
    private final Gate gate;

    EmbeddedEdits(LiveBranch branch, Editing editing, Versions versions, Gate gate) {
        this.branch = branch;
        this.editing = editing;
        this.versions = versions;
        this.gate = gate;
    }

    @Override
    public PickOutcome cherryPick(Pick pick) {
        return gate.guarded(() -> editing.picking().pick(branch, Replay.Kind.CHERRY_PICK, pick));
    }

    @Override
    public PickOutcome revert(Pick pick) {
        return gate.guarded(() -> editing.picking().pick(branch, Replay.Kind.REVERT, pick));
    }

    @Override
    public Optional<PickInProgress> picking() {
        return gate.guarded(() -> editing.picking()
                .waiting(branch)
                .map(state -> new EmbeddedPick(branch, state, editing.picking(), versions, gate)));
    }

    @Override
    public Commit squash(String since, CommitMessage message) {
        return gate.guarded(() -> versions.describe(editing.squashing().squash(branch, since, message)));
    }

    @Override
    public Rebase rebase() {
        return this;
    }

    @Override
    public RebasePlan plan(String onto, String since) {
        return gate.guarded(() -> editing.rebasing().plan(branch, onto, since));
    }

    @Override
    public RebaseOutcome start(RebasePlan plan) {
        return gate.guarded(() -> editing.rebasing().start(branch, plan));
    }

    @Override
    public Optional<RebaseProgress> progress() {
        return gate.guarded(() -> editing.rebasing().progress(branch));
    }

    @Override
    public RebaseOutcome resume(RebaseDecision decision) {
        return gate.guarded(() -> editing.rebasing().resume(branch, decision));
    }

    @Override
    public RebaseOutcome skip() {
        return gate.guarded(() -> editing.rebasing().skip(branch));
    }

    @Override
    public void abort() {
        gate.guarded(() -> {
            editing.rebasing().abort(branch);
            return true;
        });
    }
}
