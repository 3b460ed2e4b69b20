package coppice.engine;

import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.Conflict;
import coppice.api.ConflictCount;
import coppice.api.ConflictPage;
import coppice.api.ConflictQuery;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeInProgress;
import coppice.api.MergeOutcome;
import coppice.api.Resolver;
import coppice.engine.merge.Decision;
import coppice.engine.merge.ThreeWay;
import coppice.engine.merge.Unfinished;
import coppice.kernel.bytes.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The API's face of an unfinished merge.
final class EmbeddedMerge implements MergeInProgress {
    private final Storage storage;
    private final LiveBranch branch;
    private final Unfinished merge;
    private final Merging merging;
    private final Versions versions;
    private final Committing committing;
    private final Gate gate;

    EmbeddedMerge(LiveBranch branch, Unfinished merge, Parts parts) {
        this.storage = parts.storage();
        this.branch = branch;
        this.merge = merge;
        this.merging = parts.merging();
        this.versions = parts.versions();
        this.committing = parts.committing();
        this.gate = parts.gate();
    }

    @Override
    public String into() {
        return branch.name();
    }

    @Override
    public String source() {
        return merge.source();
    }

    @Override
    public Commit theirs() {
        return doing(() -> versions.describe(merge.theirs()));
    }

    @Override
    public Commit ours() {
        return doing(() -> versions.describe(merge.ours()));
    }

    @Override
    public Instant begun() {
        return Instant.ofEpochMilli(merge.begunAt());
    }

    @Override
    public boolean isUncommitted() {
        return merge.isStaged();
    }

    private <T> T doing(Supplier<T> body) {
        gate.ensureOpen();
        return Failures.guarded(body);
    }

    /// Does something with this merge if it is not over.
    private <T> T goingOn(Supplier<T> body) {
        return doing(() -> {
            if (merging.states().find(branch).filter(merge::equals).isEmpty()) {
                throw new DatabaseException.NotFound(
                                ErrorCode.NO_MERGE,
                                "The merge of '" + merge.source() + "' into '" + branch.name()
                                        + "' is over: look at merging() again")
                        .with("branch", branch.name());
            }
            return body.get();
        });
    }

    /// A resolver that says what was decided, of the very same values.
    private Resolver decided() {
        Map<Hash, Decision> decisions = merging.states().decisions(branch);
        return conflict -> {
            Decision decision = decisions.get(Decision.name(conflict.space(), conflict.key()));
            return decision != null && decision.isAbout(conflict)
                    ? decision.resolution(conflict)
                    : new Resolver.Unresolved();
        };
    }

    private ThreeWay threeWay(Resolver resolver) {
        return merging.threeWay(
                storage.history(), storage.nodes(), merge.merge().resolving(resolver));
    }

    private Hash head() {
        return branch.shown().commit();
    }

    @Override
    public ConflictPage conflicts(ConflictQuery query, int limit) {
        return goingOn(() -> {
            if (merge.isStaged()) {
                return new ConflictPage(List.of(), Optional.empty());
            }
            ThreeWay work = threeWay(decided());
            return storage.roots().writing(() -> work.page(head(), merge.theirs(), query, limit));
        });
    }

    @Override
    public List<ConflictCount> conflictCounts() {
        return goingOn(() -> {
            Map<String, long[]> counts = new LinkedHashMap<>();
            if (!merge.isStaged()) {
                Resolver decided = decided();
                Resolver counting = conflict -> {
                    Resolver.Resolution resolution = decided.resolve(conflict);
                    counts.computeIfAbsent(conflict.space(), _ -> new long[2])[
                            resolution instanceof Resolver.Take ? 1 : 0]++;
                    return resolution;
                };
                visit(counting, _ -> {});
            }
            return counts.entrySet().stream()
                    .map(entry -> new ConflictCount(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
                    .toList();
        });
    }

    private void visit(Resolver resolver, Consumer<Conflict> visitor) {
        ThreeWay work = threeWay(resolver);
        storage.roots().writing(() -> {
            work.visit(head(), merge.theirs(), visitor);
            return true;
        });
    }

    @Override
    public void resolve(Conflict conflict, Resolver.Resolution decision) {
        goingOn(() -> {
            switch (decision) {
                case Resolver.Take(Optional<byte[]> value) -> {
                    value.ifPresent(Checks::value);
                    merging.states().decide(branch, List.of(Decision.of(conflict, value)));
                }
                case Resolver.Unresolved _ -> merging.states().undecide(branch, conflict.space(), conflict.key());
            }
            return true;
        });
    }

    @Override
    public boolean unresolve(String space, byte[] key) {
        return goingOn(() -> merging.states().undecide(branch, space, key));
    }

    @Override
    public long resolveAll(ConflictQuery query, Resolver rule) {
        return goingOn(() -> {
            List<Decision> decisions = new ArrayList<>();
            if (!merge.isStaged()) {
                visit(decided(), conflict -> {
                    if (ThreeWay.fits(query, conflict)
                            && rule.resolve(conflict) instanceof Resolver.Take(Optional<byte[]> value)) {
                        value.ifPresent(Checks::value);
                        decisions.add(Decision.of(conflict, value));
                    }
                });
            }
            merging.states().decide(branch, decisions);
            return (long) decisions.size();
        });
    }

    @Override
    public Commit commit(Optional<CommitMessage> message) {
        return goingOn(() -> {
            Commit commit = merge.isStaged() ? commitStaged(message) : commitMerged(message);
            merging.states().end(branch.name());
            return commit;
        });
    }

    private Commit commitStaged(Optional<CommitMessage> message) {
        boolean squash = merge.merge().has(Merge.Option.SQUASH);
        CommitMessage words = message.or(() -> merge.merge().message())
                .orElseGet(() -> CommitMessage.of(Merging.title(merge.source(), branch, squash)));
        return versions.describe(committing.commit(branch, words));
    }

    private Commit commitMerged(Optional<CommitMessage> message) {
        Merge kept = merge.merge();
        Set<Merge.Option> options = new HashSet<>(kept.options());
        options.remove(Merge.Option.NO_COMMIT);
        options.remove(Merge.Option.KEEP_CONFLICTS);
        Merge all = new Merge(
                branch.name(), message.or(kept::message), decided(), kept.fastForward(), kept.rules(), options);
        return switch (merging.merge(merge.source(), merge.theirs(), branch, all)) {
            case MergeOutcome.Merged(Commit commit) -> commit;
            case MergeOutcome.UpToDate(Commit commit) -> commit;
            case MergeOutcome.Uncommitted(Commit _) -> throw new IllegalStateException("it was to be committed");
            case MergeOutcome.Conflicted(List<Conflict> conflicts) ->
                throw new DatabaseException.Incorrect(
                                ErrorCode.OPEN_CONFLICTS,
                                "The merge has " + conflicts.size() + " open conflicts, the first of '"
                                        + Keys.display(conflicts.getFirst().key()) + "' in '"
                                        + conflicts.getFirst().space()
                                        + "': decide them with resolve() or resolveAll(), then commit")
                        .with("open", conflicts.size());
        };
    }

    @Override
    public void abort() {
        abort(false);
    }

    @Override
    public void abortAnyway() {
        abort(true);
    }

    private void abort(boolean anyway) {
        goingOn(() -> {
            Hash content = merge.staged();
            if (content != null) {
                merging.unstage(branch, merge, content, anyway);
            }
            merging.states().end(branch.name());
            return true;
        });
    }
}
