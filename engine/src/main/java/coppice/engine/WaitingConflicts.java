package coppice.engine;

import coppice.api.Conflict;
import coppice.api.ConflictCount;
import coppice.api.ConflictPage;
import coppice.api.ConflictQuery;
import coppice.api.OpenConflicts;
import coppice.api.Resolver;
import coppice.engine.live.LiveBranch;
import coppice.engine.merge.ThreeWay;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Checks;
import coppice.engine.terms.Failures;
import coppice.engine.waiting.Decision;
import coppice.engine.waiting.Decisions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The conflicts of what waits on a branch, found anew by each call, and what is decided about them.
abstract class WaitingConflicts implements OpenConflicts {
    private final LiveBranch branch;
    private final Storage storage;
    private final Decisions decisions;
    private final Gate gate;

    WaitingConflicts(LiveBranch branch, Parts parts) {
        this.branch = branch;
        this.storage = parts.storage();
        this.decisions = parts.waiting().decisions();
        this.gate = parts.gate();
    }

    /// Refuses to go on with what is over.
    abstract void requireWaiting();

    /// What works it out now.
    abstract ThreeWay work(Resolver resolver);

    final LiveBranch branch() {
        return branch;
    }

    /// A resolver that says what was decided.
    final Resolver decided() {
        return decisions.resolver(branch);
    }

    final <T> T doing(Supplier<T> body) {
        gate.ensureOpen();
        return Failures.guarded(body);
    }

    /// Does something with it if it is not over.
    final <T> T goingOn(Supplier<T> body) {
        return doing(() -> {
            requireWaiting();
            return body.get();
        });
    }

    private void visit(Resolver resolver, Consumer<Conflict> visitor) {
        storage.roots().writing(() -> {
            work(resolver).visit(visitor);
            return true;
        });
    }

    @Override
    public ConflictPage conflicts(ConflictQuery query, int limit) {
        return goingOn(() -> storage.roots().writing(() -> work(decided()).page(query, limit)));
    }

    @Override
    public List<ConflictCount> conflictCounts() {
        return goingOn(() -> {
            Map<String, long[]> counts = new LinkedHashMap<>();
            Resolver decided = decided();
            Resolver counting = conflict -> {
                Resolver.Resolution resolution = decided.resolve(conflict);
                counts.computeIfAbsent(conflict.space(), _ -> new long[2])[
                        resolution instanceof Resolver.Take ? 1 : 0]++;
                return resolution;
            };
            visit(counting, _ -> {});
            return counts.entrySet().stream()
                    .map(entry -> new ConflictCount(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
                    .toList();
        });
    }

    @Override
    public void resolve(Conflict conflict, Resolver.Resolution decision) {
        goingOn(() -> {
            switch (decision) {
                case Resolver.Take(Optional<byte[]> value) -> {
                    value.ifPresent(Checks::value);
                    decisions.keep(branch, List.of(Decision.of(conflict, value)));
                }
                case Resolver.Unresolved _ -> decisions.forget(branch, conflict.space(), conflict.key());
            }
            return true;
        });
    }

    @Override
    public boolean unresolve(String space, byte[] key) {
        return goingOn(() -> decisions.forget(branch, space, key));
    }

    @Override
    public long resolveAll(ConflictQuery query, Resolver rule) {
        return goingOn(() -> {
            List<Decision> made = new ArrayList<>();
            visit(decided(), conflict -> {
                if (ThreeWay.fits(query, conflict)
                        && rule.resolve(conflict) instanceof Resolver.Take(Optional<byte[]> value)) {
                    value.ifPresent(Checks::value);
                    made.add(Decision.of(conflict, value));
                }
            });
            decisions.keep(branch, made);
            return (long) made.size();
        });
    }
}
