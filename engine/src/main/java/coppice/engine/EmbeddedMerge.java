package coppice.engine;

import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.Conflict;
import coppice.api.ConflictSides;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeInProgress;
import coppice.api.MergeOutcome;
import coppice.api.Resolver;
import coppice.engine.live.LiveBranch;
import coppice.engine.merge.Merging;
import coppice.engine.merge.ThreeWay;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Descriptions;
import coppice.engine.terms.Keys;
import coppice.engine.version.Committing;
import coppice.engine.version.Versions;
import coppice.engine.waiting.Unfinished;
import coppice.kernel.bytes.Hash;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The API's face of an unfinished merge.
final class EmbeddedMerge extends WaitingConflicts implements MergeInProgress {
    private final Storage storage;
    private final Unfinished merge;
    private final Merging merging;
    private final Versions versions;
    private final Committing committing;

    EmbeddedMerge(LiveBranch branch, Unfinished merge, Parts parts) {
        super(branch, parts);
        this.storage = parts.storage();
        this.merge = merge;
        this.merging = parts.merging();
        this.versions = parts.versions();
        this.committing = parts.committing();
    }

    @Override
    public String into() {
        return branch().name();
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

    @Override
    void requireWaiting() {
        if (merging.states().find(branch()).filter(merge::equals).isEmpty()) {
            throw new DatabaseException.NotFound(
                            ErrorCode.NO_MERGE,
                            "The merge of '" + merge.source() + "' into '" + branch().name()
                                    + "' is over: look at merging() again")
                    .with("branch", branch().name());
        }
    }

    @Override
    ThreeWay work(Resolver resolver) {
        Hash theirs = merge.isStaged() ? head() : merge.theirs(); // what is merged already has no conflicts
        return merging.threeWay(head(), theirs, merge.merge().resolving(resolver));
    }

    private Hash head() {
        return branch().shown().commit();
    }

    @Override
    public Operation operation() {
        return Operation.MERGE;
    }

    @Override
    public ConflictSides sides() {
        return doing(() -> new ConflictSides(base(), branch().name(), merge.source()));
    }

    private String base() {
        List<Hash> bases = storage.history().mergeBases(head(), merge.theirs());
        return switch (bases.size()) {
            case 0 -> "nothing";
            case 1 -> Descriptions.title(versions.describe(bases.getFirst()));
            default -> bases.size() + " common ancestors";
        };
    }

    @Override
    public Commit commit(Optional<CommitMessage> message) {
        return goingOn(() -> {
            Commit commit = merge.isStaged() ? commitStaged(message) : commitMerged(message);
            merging.states().end(branch().name());
            return commit;
        });
    }

    private Commit commitStaged(Optional<CommitMessage> message) {
        boolean squash = merge.merge().has(Merge.Option.SQUASH);
        CommitMessage words = message.or(() -> merge.merge().message())
                .orElseGet(() -> CommitMessage.of(Merging.title(merge.source(), branch(), squash)));
        return versions.describe(committing.commit(branch(), words));
    }

    private Commit commitMerged(Optional<CommitMessage> message) {
        Merge kept = merge.merge();
        Set<Merge.Option> options = new HashSet<>(kept.options());
        options.remove(Merge.Option.NO_COMMIT);
        options.remove(Merge.Option.KEEP_CONFLICTS);
        Merge all = new Merge(
                branch().name(), message.or(kept::message), decided(), kept.fastForward(), kept.rules(), options);
        return switch (merging.resume(merge, branch(), all)) {
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
                merging.unstage(branch(), merge, content, anyway);
            }
            merging.states().end(branch().name());
            return true;
        });
    }
}
