package coppice.engine;

import coppice.api.Change;
import coppice.api.Resolver;
import coppice.api.Stash;
import coppice.api.StashEntry;
import coppice.api.StashOutcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The API's face of what is put aside.
final class EmbeddedStash implements Stash {
    private final LiveBranch branch;
    private final Stashing stashing;
    private final Gate gate;

    EmbeddedStash(LiveBranch branch, Stashing stashing, Gate gate) {
        this.branch = branch;
        this.stashing = stashing;
        this.gate = gate;
    }

    private <T> T guarded(Supplier<T> body) {
        gate.ensureOpen();
        return Failures.guarded(body);
    }

    @Override
    public Optional<StashEntry> push(String message) {
        return guarded(() -> stashing.push(branch, Optional.of(message)));
    }

    @Override
    public Optional<StashEntry> push() {
        return guarded(() -> stashing.push(branch, Optional.empty()));
    }

    @Override
    public List<StashEntry> list() {
        return guarded(stashing::list);
    }

    @Override
    public Iterable<Change> show(int index) {
        return guarded(() -> stashing.show(index));
    }

    @Override
    public StashOutcome apply(int index, Resolver resolver) {
        return guarded(() -> stashing.apply(branch, index, resolver));
    }

    @Override
    public StashOutcome pop(int index, Resolver resolver) {
        return guarded(() -> stashing.pop(branch, index, resolver));
    }

    @Override
    public StashEntry drop(int index) {
        return guarded(() -> stashing.drop(index));
    }
}
