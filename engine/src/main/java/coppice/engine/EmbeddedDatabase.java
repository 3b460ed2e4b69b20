package coppice.engine;

import coppice.api.Branch;
import coppice.api.Change;
import coppice.api.CheckReport;
import coppice.api.Commit;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.HistoryView;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.Progress;
import coppice.api.Snapshot;
import coppice.api.Statistics;
import coppice.engine.log.Note;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.DiskLock;
import java.util.List;

/// The API's face of a database in this process: hands each call to the part that does it.
///
/// ```
/// EmbeddedDatabase ── Branches ── LiveBranch     where each branch is, and how a write takes effect
///        │            Versions ── Merging        commits, refs, merge
///        │            EmbeddedHistory            log, diff, blame, bisect
///        │            Maintenance ── Checkpoint  folding in the background
///        │                        ── Compaction  making room
///        └─────────── Opening ── Recovery        from files to all of this
/// ```
final class EmbeddedDatabase implements Database {
    private final Storage storage;
    private final Branches branches;
    private final Versions versions;
    private final Merging merging;
    private final RefResolver refs;
    private final EmbeddedHistory history;
    private final Checkpoint checkpoint;
    private final Compaction compaction;
    private final Maintenance maintenance;
    private final Gate gate;
    private final Retry retry;
    private final DiskLock lock;

    EmbeddedDatabase(
            Storage storage,
            Branches branches,
            Versions versions,
            Merging merging,
            RefResolver refs,
            EmbeddedHistory history,
            Checkpoint checkpoint,
            Compaction compaction,
            Maintenance maintenance,
            Gate gate,
            Retry retry,
            DiskLock lock) {
        this.storage = storage;
        this.branches = branches;
        this.versions = versions;
        this.merging = merging;
        this.refs = refs;
        this.history = history;
        this.checkpoint = checkpoint;
        this.compaction = compaction;
        this.maintenance = maintenance;
        this.gate = gate;
        this.retry = retry;
        this.lock = lock;
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
        return Failures.guarded(() -> branches.isHead(commit)
                ? create(name, commit)
                : compaction.excluded(() -> create(name, refs.require(commit))));
    }

    private Branch create(String name, Hash commit) {
        Note note = storage.note("branch", "created at " + commit.toString().substring(0, 12));
        return face(branches.create(name, commit, null, note));
    }

    @Override
    public List<Branch> branches() {
        gate.ensureOpen();
        return Failures.guarded(() -> branches.names().stream()
                .flatMap(name -> branches.find(name).stream())
                .map(this::face)
                .toList());
    }

    private Branch face(LiveBranch branch) {
        return new EmbeddedBranch(branch, storage.roots(), versions, gate, retry);
    }

    @Override
    public void deleteBranch(String name) {
        gate.ensureOpen();
        if (name.equals(MAIN)) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.BRANCH_PROTECTED, "The branch 'main' cannot be deleted: every database has one");
        }
        Failures.guarded(() -> {
            branches.delete(name, storage.note("branch", "deleted"));
            return true;
        });
    }

    @Override
    public Snapshot at(String ref) {
        gate.ensureOpen();
        return Failures.guarded(
                () -> new EmbeddedSnapshot(versions.state(refs.resolve(ref)), storage.roots(), versions, gate));
    }

    @Override
    public Commit resolve(String ref) {
        gate.ensureOpen();
        return Failures.guarded(() -> versions.describe(refs.resolve(ref)));
    }

    @Override
    public Iterable<Commit> log(String ref) {
        gate.ensureOpen();
        return Failures.guarded(() -> versions.log(refs.resolve(ref)));
    }

    @Override
    public Iterable<Change> diff(String from, String to) {
        gate.ensureOpen();
        return Failures.guarded(() -> versions.diff(refs.resolve(from), refs.resolve(to)));
    }

    @Override
    public HistoryView history() {
        gate.ensureOpen();
        return history;
    }

    @Override
    public MergeOutcome merge(String source, Merge merge) {
        gate.ensureOpen();
        return Failures.guarded(
                () -> merging.merge(source, refs.resolve(source), branches.require(merge.into()), merge));
    }

    @Override
    public void checkpoint() {
        gate.ensureOpen();
        Failures.guarded(() -> {
            checkpoint.run();
            return true;
        });
    }

    @Override
    public long compact() {
        gate.ensureOpen();
        return Failures.guarded(() -> {
            checkpoint.run();
            return compaction.run();
        });
    }

    @Override
    public CheckReport check(Progress progress) {
        gate.ensureOpen();
        return Failures.guarded(() -> compaction.excluded(() -> new Integrity(storage, branches, progress).check()));
    }

    @Override
    public Statistics statistics() {
        gate.ensureOpen();
        return Failures.guarded(() -> new Inspection(storage, branches).statistics());
    }

    @Override
    public void close() {
        if (gate.close()) {
            Failures.guarded(() -> {
                try (DiskLock _ = lock;
                        Storage _ = storage) {
                    maintenance.stop();
                    branches.settle();
                    checkpoint.close();
                }
                return true;
            });
        }
    }
}
