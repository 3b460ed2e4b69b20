package coppice.engine;

import coppice.api.ConflictSides;
import coppice.api.Resolver;
import coppice.api.StashEntry;
import coppice.api.StashInProgress;
import coppice.api.StashOutcome;
import coppice.engine.edit.Stashing;
import coppice.engine.live.LiveBranch;
import coppice.engine.merge.ThreeWay;
import coppice.engine.waiting.Unstash;

/// The API's face of what was put aside and waits to come back.
final class EmbeddedUnstash extends WaitingConflicts implements StashInProgress {
    private final Unstash waits;
    private final Stashing stashing;

    EmbeddedUnstash(LiveBranch branch, Unstash waits, Parts parts) {
        super(branch, parts);
        this.waits = waits;
        this.stashing = parts.editing().stashing();
    }

    @Override
    void requireWaiting() {
        stashing.require(branch(), waits);
    }

    @Override
    ThreeWay work(Resolver resolver) {
        return stashing.work(branch(), waits, resolver);
    }

    @Override
    public Operation operation() {
        return Operation.STASH;
    }

    @Override
    public ConflictSides sides() {
        return goingOn(() -> stashing.sides(branch(), waits));
    }

    @Override
    public StashEntry entry() {
        return goingOn(() -> stashing.entry(waits));
    }

    @Override
    public boolean isPop() {
        return waits.pop();
    }

    @Override
    public StashOutcome resume() {
        return doing(() -> stashing.resume(branch(), waits));
    }

    @Override
    public void abort() {
        doing(() -> {
            stashing.abort(branch(), waits);
            return true;
        });
    }
}
