package coppice.engine;

import coppice.api.Change;
import coppice.api.Stash;
import coppice.api.StashEntry;
import coppice.api.StashInProgress;
import coppice.api.StashOutcome;
import coppice.api.StashPick;
import coppice.engine.edit.Stashing;
import coppice.engine.live.LiveBranch;
import coppice.engine.storage.Gate;
import java.util.List;
import java.util.Optional;

/// The API's face of what is put aside.
final class EmbeddedStash implements Stash {
    private final LiveBranch branch;
    private final Parts parts;
    private final Stashing stashing;
    private final Gate gate;

    EmbeddedStash(LiveBranch branch, Parts parts) {
        this.branch = branch;
        this.parts = parts;
        this.stashing = parts.editing().stashing();
        this.gate = parts.gate();
    }

    @Override
    public Optional<StashEntry> push(String message) {
        return gate.guarded(() -> stashing.push(branch, Optional.of(message)));
    }

    @Override
    public Optional<StashEntry> push() {
        return gate.guarded(() -> stashing.push(branch, Optional.empty()));
    }

    @Override
    public List<StashEntry> list() {
        return gate.guarded(stashing::list);
    }

    @Override
    public Iterable<Change> show(int index) {
        return gate.guarded(() -> stashing.show(index));
    }

    @Override
    public StashOutcome apply(StashPick pick) {
        return gate.guarded(() -> stashing.bring(branch, pick, false));
    }

    @Override
    public StashOutcome pop(StashPick pick) {
        return gate.guarded(() -> stashing.bring(branch, pick, true));
    }

    @Override
    public Optional<StashInProgress> waiting() {
        return gate.guarded(() -> stashing.waiting(branch).map(waits -> new EmbeddedUnstash(branch, waits, parts)));
    }

    @Override
    public StashEntry drop(int index) {
        return gate.guarded(() -> stashing.drop(index));
    }
}
