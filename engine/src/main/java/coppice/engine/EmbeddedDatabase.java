package coppice.engine;

import coppice.api.BackupReport;
import coppice.api.Branch;
import coppice.api.BranchInfo;
import coppice.api.Change;
import coppice.api.CheckOptions;
import coppice.api.CheckReport;
import coppice.api.Commit;
import coppice.api.Database;
import coppice.api.DatabaseStats;
import coppice.api.Divergence;
import coppice.api.GcReport;
import coppice.api.HistoryView;
import coppice.api.Hooks;
import coppice.api.Internals;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.MergePolicies;
import coppice.api.MergePreview;
import coppice.api.Proof;
import coppice.api.Range;
import coppice.api.ReflogEntry;
import coppice.api.Remotes;
import coppice.api.SignatureCheck;
import coppice.api.Snapshot;
import coppice.api.Tags;
import coppice.api.Traffic;
import coppice.api.feed.Subscriptions;
import coppice.api.progress.Progress;
import coppice.api.projection.Projections;
import coppice.api.structure.Caches;
import coppice.api.structure.Channels;
import coppice.api.structure.Locks;
import coppice.engine.channel.MessageBroker;
import coppice.engine.check.Inspection;
import coppice.engine.edit.Undoing;
import coppice.engine.exchange.Depot;
import coppice.engine.history.Proving;
import coppice.engine.live.Branches;
import coppice.engine.live.LiveBranch;
import coppice.engine.log.Note;
import coppice.engine.merge.Preview;
import coppice.engine.refs.BranchList;
import coppice.engine.refs.Branching;
import coppice.engine.refs.RefResolver;
import coppice.engine.refs.Reflogs;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Failures;
import coppice.engine.version.EmbeddedSnapshot;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.DiskLock;
import coppice.structure.BoundedCaches;
import coppice.structure.BrokeredChannels;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// The API's face of a database in this process: hands each call to the part that does it.
///
/// ```
/// EmbeddedDatabase ── Branches ── LiveBranch     where each branch is, and how a write takes effect
///        │            Versions ── Merging        commits, refs, merge
///        │            Editing                    cherry-pick, revert, squash, rebase, stash
///        │            EmbeddedHistory            log, diff, blame, bisect
///        │            Proving                    proofs
///        │            EmbeddedInternals          how things are stored
///        │            Exchange                   remotes, bundles, backups
///        │            Maintenance ── Checkpoint  folding in the background
///        │                        ── Compaction  making room
///        └─────────── Opening ── Recovery        from files to all of this
/// ```
final class EmbeddedDatabase implements Database {
    private final Parts parts;
    private final Gate gate;
    private final Branches branches;
    private final RefResolver refs;
    private final BranchList branchList;
    private final Branching branching;
    private final Reflogs reflogs;
    private final Undoing undoing;
    private final Projections projections;
    private final Tags tags;
    private final HistoryView history;
    private final Proving proving;
    private final Internals internals;
    private final Exchange exchange;
    private final Inspection inspection;
    private final MessageBroker broker;
    private final Channels channels;
    private final BoundedCaches caches;

    EmbeddedDatabase(Parts parts, Exchange exchange) {
        this.parts = parts;
        this.gate = parts.gate();
        this.branches = parts.branches();
        this.refs = parts.refs();
        this.branchList = parts.branchList();
        this.branching = parts.branching(branchList);
        this.reflogs = new Reflogs(branches, refs, parts.versions());
        this.undoing = parts.undoing(branching);
        this.projections = new EmbeddedProjections(parts);
        this.tags = new EmbeddedTags(parts);
        this.history = new EmbeddedHistory(parts);
        this.internals = new EmbeddedInternals(parts);
        this.proving = new Proving(parts.storage());
        this.exchange = exchange;
        this.inspection = parts.inspection();
        this.broker = new MessageBroker(parts.storage().clock(), gate);
        this.channels = new BrokeredChannels(broker);
        this.caches = new BoundedCaches(parts.storage().clock()::nanos, gate::ensureOpen);
    }

    @Override
    public Branch branch(String name) {
        gate.ensureOpen();
        return Failures.guarded(() -> face(branches.require(name)));
    }

    @Override
    public Branch branch(String name, Commit at) {
        gate.ensureOpen();
        Hash commit = Hash.parse(at.id().hex());
        // Either way is right; a commit that branches are at need not wait, but to ask all branches takes longer.
        return Failures.guarded(() -> parts.compaction().isMarking() && branches.isHead(commit)
                ? create(name, commit)
                : parts.compaction().keeping(() -> refs.require(commit), kept -> create(name, kept)));
    }

    private Branch create(String name, Hash commit) {
        Note note =
                parts.storage().note("branch", "created at " + commit.toString().substring(0, 12));
        return face(parts.placing().create(name, commit, null, note));
    }

    @Override
    public List<BranchInfo> branches() {
        return gate.guarded(branchList::all);
    }

    @Override
    public Divergence divergence(String ref, String other) {
        return gate.guarded(() -> branchList.divergence(refs.resolve(ref), refs.resolve(other)));
    }

    private Branch face(LiveBranch branch) {
        return new EmbeddedBranch(branch, parts);
    }

    @Override
    public Branch current() {
        return gate.guarded(() -> face(parts.current().branch()));
    }

    @Override
    public Branch switchTo(String name) {
        return gate.guarded(() -> {
            parts.current().switchTo(name);
            return face(branches.require(name));
        });
    }

    @Override
    public Branch renameBranch(String name, String newName) {
        return gate.guarded(() -> {
            branching.rename(name, newName);
            return face(branches.require(newName));
        });
    }

    @Override
    public Branch copyBranch(String name, String newName) {
        return gate.guarded(() -> {
            branching.copy(name, newName);
            return face(branches.require(newName));
        });
    }

    @Override
    public void deleteBranch(String name) {
        run(() -> branching.delete(name, false));
    }

    @Override
    public void forceDeleteBranch(String name) {
        run(() -> branching.delete(name, true));
    }

    @Override
    public Projections projections() {
        gate.ensureOpen();
        return projections;
    }

    @Override
    public Locks locks() {
        gate.ensureOpen();
        return parts.means().locks();
    }

    @Override
    public Channels channels() {
        gate.ensureOpen();
        return channels;
    }

    @Override
    public Caches caches() {
        gate.ensureOpen();
        return caches;
    }

    @Override
    public Tags tags() {
        gate.ensureOpen();
        return tags;
    }

    @Override
    public Iterable<ReflogEntry> reflog(String ref) {
        return gate.guarded(() -> reflogs.of(ref));
    }

    @Override
    public ReflogEntry undo() {
        return gate.guarded(() -> Reflogs.describe(undoing.undo()));
    }

    @Override
    public SignatureCheck verify(String ref, Collection<PublicKey> trusted) {
        return gate.guarded(() -> reflogs.verify(ref, trusted));
    }

    private void run(Runnable body) {
        gate.guarded(() -> {
            body.run();
            return true;
        });
    }

    @Override
    public Snapshot at(String ref) {
        gate.ensureOpen();
        return Failures.guarded(() -> EmbeddedSnapshot.of(refs.resolve(ref), parts.access(), parts.versions()));
    }

    @Override
    public Commit resolve(String ref) {
        gate.ensureOpen();
        return Failures.guarded(() -> parts.versions().describe(refs.resolve(ref)));
    }

    @Override
    public Iterable<Commit> log(String ref) {
        gate.ensureOpen();
        return Failures.guarded(() -> parts.versions().log(refs.resolve(ref)));
    }

    @Override
    public Iterable<Change> diff(String from, String to) {
        gate.ensureOpen();
        return Failures.guarded(() -> parts.versions().diff(refs.resolve(from), refs.resolve(to)));
    }

    @Override
    public HistoryView history() {
        gate.ensureOpen();
        return history;
    }

    @Override
    public Proof prove(String ref, String space, byte[] key) {
        return gate.guarded(() -> proving.prove(refs.resolve(ref), space, key));
    }

    @Override
    public Proof prove(String ref, String space, Range range, int limit) {
        return gate.guarded(() -> proving.prove(refs.resolve(ref), space, range, limit));
    }

    @Override
    public MergeOutcome merge(String source, Merge merge) {
        gate.ensureOpen();
        return Failures.guarded(
                () -> parts.merging().begin(source, refs.resolve(source), branches.require(merge.into()), merge));
    }

    @Override
    public MergePreview previewMerge(String source, Merge merge) {
        return gate.guarded(() -> {
            Hash theirs = refs.resolve(source);
            Hash ours = branches.require(merge.into()).shown().commit();
            return new Preview(parts.storage(), parts.versions(), gate, parts.merging(), source, ours, theirs, merge);
        });
    }

    @Override
    public MergePolicies mergePolicies() {
        gate.ensureOpen();
        return parts.merging().policies();
    }

    @Override
    public Subscriptions subscriptions() {
        gate.ensureOpen();
        return parts.feeds();
    }

    @Override
    public Hooks.Registration add(Hooks hooks) {
        gate.ensureOpen();
        return parts.hooks().add(hooks);
    }

    @Override
    public Remotes remotes() {
        gate.ensureOpen();
        return exchange.remotes();
    }

    @Override
    public EmbeddedBundles bundles() {
        gate.ensureOpen();
        return exchange.bundles();
    }

    @Override
    public BackupReport backup(String directory, Consumer<Traffic> progress) {
        gate.ensureOpen();
        return exchange.backup(directory, progress);
    }

    /// What a transfer needs of this database.
    Depot depot() {
        return exchange.depot();
    }

    @Override
    public void checkpoint() {
        gate.ensureOpen();
        Failures.guarded(() -> {
            parts.checkpoint().run();
            parts.maintenance().tidyIfDue();
            return true;
        });
    }

    @Override
    public GcReport gc(Progress progress) {
        gate.ensureOpen();
        return Failures.guarded(() -> {
            parts.views().refreshing().resume(); // what is not taken up would be swept away
            parts.checkpoint().runWithoutJoining();
            return parts.compaction().run(progress);
        });
    }

    @Override
    public CheckReport check(CheckOptions options) {
        gate.ensureOpen();
        return Failures.guarded(
                () -> parts.compaction().excluded(() -> parts.integrity(options).check()));
    }

    @Override
    public Internals inspect() {
        gate.ensureOpen();
        return internals;
    }

    @Override
    public DatabaseStats stats() {
        return gate.guarded(inspection::stats);
    }

    @Override
    public void close() {
        parts.views().refreshing().close();
        if (gate.close()) {
            parts.feeds().close();
            parts.means().arrivals().close();
            parts.means().locks().close();
            parts.means().works().close();
            broker.close();
            caches.close();
            exchange.close();
            Failures.guarded(() -> {
                try (DiskLock _ = parts.lock();
                        Storage _ = parts.storage()) {
                    parts.maintenance().stop();
                    branches.settle();
                    parts.checkpoint().close();
                }
                return true;
            });
        }
    }
}
