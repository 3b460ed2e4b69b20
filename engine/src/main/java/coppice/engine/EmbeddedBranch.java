package coppice.engine;

import coppice.api.Branch;
import coppice.api.Change;
import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.Entry;
import coppice.api.HistoryEdits;
import coppice.api.Import;
import coppice.api.ImportReport;
import coppice.api.Isolation;
import coppice.api.MergeInProgress;
import coppice.api.OpenConflicts;
import coppice.api.Reset;
import coppice.api.Snapshot;
import coppice.api.Space;
import coppice.api.Stash;
import coppice.api.Transaction;
import coppice.api.TransactionOptions;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.api.projection.ProjectionView;
import coppice.api.query.Query;
import coppice.api.schema.Schema;
import coppice.api.structure.Structures;
import coppice.engine.edit.Editing;
import coppice.engine.edit.LineSource;
import coppice.engine.feed.WatchedProjection;
import coppice.engine.live.LiveBranch;
import coppice.engine.reading.Access;
import coppice.engine.refs.RefResolver;
import coppice.engine.storage.Gate;
import coppice.engine.terms.Checks;
import coppice.engine.terms.Failures;
import coppice.engine.transaction.BranchGround;
import coppice.engine.transaction.BranchSpace;
import coppice.engine.upkeep.Compaction;
import coppice.engine.version.Committing;
import coppice.engine.version.EmbeddedSnapshot;
import coppice.engine.version.Versions;
import coppice.engine.version.Vetting;
import coppice.engine.views.Defined;
import coppice.engine.views.EmbeddedProjection;
import coppice.engine.views.ReadStates;
import coppice.kernel.bytes.Hash;
import coppice.structure.SpaceStructures;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The API's face of a branch.
final class EmbeddedBranch implements Branch {
    private final LiveBranch branch;
    private final Parts parts;
    private final Access access;
    private final Versions versions;
    private final Committing committing;
    private final Editing editing;
    private final Gate gate;
    private final BranchGround ground;
    private final RefResolver refs;
    private final Compaction compaction;

    EmbeddedBranch(LiveBranch branch, Parts parts) {
        this.branch = branch;
        this.parts = parts;
        this.access = parts.access();
        this.versions = parts.versions();
        this.committing = parts.committing();
        this.editing = parts.editing();
        this.gate = parts.gate();
        this.ground = new BranchGround(branch, parts.means());
        this.refs = parts.refs();
        this.compaction = parts.compaction();
    }

    LiveBranch live() {
        return branch;
    }

    @Override
    public String name() {
        return branch.name();
    }

    @Override
    public Commit head() {
        gate.ensureOpen();
        return Failures.guarded(() -> versions.describe(branch.shown().commit()));
    }

    @Override
    public Space space(String name) {
        gate.ensureOpen();
        return new BranchSpace(branch, access, parts.transacting(), Checks.spaceName(name));
    }

    @Override
    public Query query(String space) {
        gate.ensureOpen();
        return ground.query(space);
    }

    @Override
    public Structures structures() {
        gate.ensureOpen();
        return new SpaceStructures(ground.inUse());
    }

    @Override
    public Schema schema() {
        gate.ensureOpen();
        return new EmbeddedSchema(branch, parts);
    }

    @Override
    public ProjectionView projection(String name) {
        gate.ensureOpen();
        return Failures.guarded(() -> EmbeddedProjection.of(
                name, parts.views(), ReadStates.of(branch::shown, access.roots()), gate, Optional.of(this::watch)));
    }

    @Override
    public List<String> spaces() {
        return snapshot().spaces();
    }

    @Override
    public Snapshot snapshot() {
        gate.ensureOpen();
        return EmbeddedSnapshot.now(branch.shown(), access, versions);
    }

    @Override
    public long load(String space, Iterator<Entry> entries) {
        gate.ensureOpen();
        return Failures.guarded(() -> {
            long count = versions.load(
                    branch, Checks.writable(Checks.spaceName(space)), entries, parts.fitting()::checkMoved);
            parts.transacting().settle(branch);
            return count;
        });
    }

    @Override
    public ImportReport importLines(InputStream in, Import how) throws IOException {
        gate.ensureOpen();
        try {
            return Failures.guarded(() -> {
                ImportReport report = editing.importing().run(branch, in, how);
                parts.transacting().settle(branch);
                return report;
            });
        } catch (LineSource.Broken broken) {
            throw broken.failure();
        }
    }

    @Override
    public Transaction begin(Isolation isolation) {
        return ground.begin(isolation);
    }

    @Override
    public <T> T transact(TransactionOptions options, Function<Transaction, T> body) {
        return ground.retrying(options, transaction -> {
            T result = body.apply(transaction);
            options.message().ifPresentOrElse(transaction::commit, transaction::commit);
            return result;
        });
    }

    @Override
    public Commit commit(CommitMessage message, Consumer<Transaction> body) {
        return ground.retrying(TransactionOptions.defaults(), transaction -> {
            body.accept(transaction);
            return transaction.commit(message);
        });
    }

    @Override
    public Commit commit(CommitMessage message) {
        gate.ensureOpen();
        return Failures.guarded(() -> versions.describe(committing.commit(branch, message)));
    }

    @Override
    public Commit amend(CommitMessage message) {
        gate.ensureOpen();
        return Failures.guarded(() -> versions.describe(committing.amend(branch, message)));
    }

    @Override
    public Commit reset(String ref, Reset how) {
        gate.ensureOpen();
        return Failures.guarded(() -> compaction.keeping(
                () -> refs.resolve(ref),
                to -> parts.vetting()
                        .alone(branch, () -> parts.vetting().untilDone(name(), () -> reset(to, ref, how)))));
    }

    private Optional<Commit> reset(Hash to, String ref, Reset how) {
        Hash from = branch.newest().commit();
        parts.vetting().ask(new Vetting.Move(branch, "reset", from, to, List.of()));
        return versions.reset(branch, from, to, ref, how) ? Optional.of(versions.describe(to)) : Optional.empty();
    }

    @Override
    public boolean hasChanges() {
        gate.ensureOpen();
        return Failures.guarded(() -> versions.hasChanges(branch));
    }

    @Override
    public Iterable<Change> changes() {
        gate.ensureOpen();
        return Failures.guarded(() -> versions.changes(branch));
    }

    private ChangeFeed watch(Defined projection, FeedStart from) {
        return parts.feeds().watch(branch, new WatchedProjection(parts.views().results(), projection), from);
    }

    @Override
    public ChangeFeed watch(ChangeFilter filter, FeedStart from) {
        return ground.watch(filter, from);
    }

    @Override
    public HistoryEdits edits() {
        return new EmbeddedEdits(branch, editing, versions, gate);
    }

    @Override
    public Stash stash() {
        return new EmbeddedStash(branch, parts);
    }

    @Override
    public void discard() {
        gate.ensureOpen();
        Failures.guarded(() -> {
            versions.discard(branch);
            return true;
        });
    }

    @Override
    public Optional<OpenConflicts> conflicts() {
        gate.ensureOpen();
        return Failures.guarded(() -> merge().<OpenConflicts>map(merge -> merge)
                .or(() -> editing.replays().conflicting(branch).map(state -> new ReplayConflicts(branch, state, parts)))
                .or(() -> editing.stashing().waiting(branch).map(waits -> new EmbeddedUnstash(branch, waits, parts))));
    }

    private Optional<EmbeddedMerge> merge() {
        return parts.waiting().merges().find(branch).map(merge -> new EmbeddedMerge(branch, merge, parts));
    }

    @Override
    public Optional<MergeInProgress> merging() {
        gate.ensureOpen();
        return Failures.guarded(() -> merge().map(merge -> merge));
    }
}
