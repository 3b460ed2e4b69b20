package coppice.engine.merge;

import coppice.api.Change;
import coppice.api.ChangeCount;
import coppice.api.Commit;
import coppice.api.Conflict;
import coppice.api.ConflictCount;
import coppice.api.ConflictPage;
import coppice.api.ConflictQuery;
import coppice.api.Merge;
import coppice.api.MergePreview;
import coppice.engine.state.Roots;
import coppice.engine.state.Spaces;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Failures;
import coppice.engine.version.Changes;
import coppice.engine.version.Versions;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.History;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Nodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A merge worked out in memory, over the trees of the store.
public final class Preview implements MergePreview {
    private static final long CACHE_BYTES = 16L << 20;

    private final Storage storage;
    private final Versions versions;
    private final Gate gate;
    private final Hash ours;
    private final Hash theirs;
    private final Outcome outcome;
    private final Nodes nodes;
    private final History history;
    private final ThreeWay work;
    private volatile @Nullable Catalog merged;

    /// @param source what the merged commit was called
    public Preview(
            Storage storage,
            Versions versions,
            Gate gate,
            Merging merging,
            String source,
            Hash ours,
            Hash theirs,
            Merge merge) {
        this.storage = storage;
        this.versions = versions;
        this.gate = gate;
        this.ours = ours;
        this.theirs = theirs;
        this.nodes = new Nodes(new Overlay(storage.nodes().chunks(), new MemoryChunks()), CACHE_BYTES);
        this.history = new History(nodes, storage.history()::floor);
        this.work = merging.threeWay(new Sides.OfCommits(history, nodes, ours, theirs), merge);
        storage.roots().hold(this, List.of(new Roots.OfCommit(ours), new Roots.OfCommit(theirs)));
        this.outcome = outcome(merging, source, merge);
    }

    private Outcome outcome(Merging merging, String source, Merge merge) {
        if (storage.history().isAncestor(theirs, ours)) {
            return Outcome.UP_TO_DATE;
        }
        if (merging.isForward(ours, theirs, merge)) {
            return Outcome.FAST_FORWARD;
        }
        merging.requireAllowed(source, ours, theirs, merge.into(), merge);
        return work.page(ConflictQuery.all(), 1).conflicts().isEmpty() ? Outcome.MERGE : Outcome.CONFLICTS;
    }

    private <T> T looking(Supplier<T> look) {
        gate.ensureOpen();
        return Failures.guarded(look);
    }

    @Override
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public Commit ours() {
        return looking(() -> versions.describe(ours));
    }

    @Override
    public Commit theirs() {
        return looking(() -> versions.describe(theirs));
    }

    @Override
    public List<Commit> bases() {
        return looking(() -> storage.history().mergeBases(ours, theirs).stream()
                .map(versions::describe)
                .toList());
    }

    @Override
    public ConflictPage conflicts(ConflictQuery query, int limit) {
        return looking(() -> work.page(query, limit));
    }

    @Override
    public List<ConflictCount> conflictCounts() {
        return looking(() -> {
            Map<String, Long> counts = new LinkedHashMap<>();
            Consumer<Conflict> counting = conflict -> counts.merge(conflict.space(), 1L, Long::sum);
            work.visit(counting);
            return counts.entrySet().stream()
                    .map(entry -> new ConflictCount(entry.getKey(), entry.getValue(), 0))
                    .toList();
        });
    }

    @Override
    public List<ChangeCount> changeCounts() {
        return looking(() -> differences().counts());
    }

    @Override
    public Iterable<Change> changes() {
        return looking(() -> differences());
    }

    /// Between our state and the merged one. The store's roots need not know the merged one: it is held here.
    private Changes differences() {
        Hash catalog = history.read(ours).catalog();
        Spaces before = Spaces.load(nodes, storage.roots(), catalog);
        return new Changes(before, Spaces.of(nodes, storage.roots(), merged()), storage.roots());
    }

    private synchronized Catalog merged() {
        Catalog known = merged;
        if (known == null) {
            known = switch (outcome) {
                case UP_TO_DATE -> Catalog.load(nodes, history.read(ours).catalog());
                case FAST_FORWARD -> Catalog.load(nodes, history.read(theirs).catalog());
                case MERGE, CONFLICTS -> work.merge(_ -> {});
            };
            merged = known;
        }
        return known;
    }
}
