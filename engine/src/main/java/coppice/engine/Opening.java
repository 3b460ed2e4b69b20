package coppice.engine;

import static coppice.api.Options.WhenMissing.FAIL;

import coppice.api.BackupReport;
import coppice.api.Bundles;
import coppice.api.CloneOptions;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Durability;
import coppice.api.ErrorCode;
import coppice.api.Operation;
import coppice.api.Options;
import coppice.api.RepairOptions;
import coppice.api.RepairReport;
import coppice.api.Traffic;
import coppice.engine.edit.Editing;
import coppice.engine.exchange.Backups;
import coppice.engine.exchange.Cloning;
import coppice.engine.exchange.Construction;
import coppice.engine.exchange.NamedFile;
import coppice.engine.exchange.Peer;
import coppice.engine.exchange.Shallow;
import coppice.engine.feed.Feeds;
import coppice.engine.flight.RecordedRecovery;
import coppice.engine.live.Branches;
import coppice.engine.live.CurrentBranch;
import coppice.engine.live.RefTable;
import coppice.engine.live.Settings;
import coppice.engine.merge.Merging;
import coppice.engine.merge.Policies;
import coppice.engine.merge.Replaying;
import coppice.engine.merge.StoredRules;
import coppice.engine.meter.MeteredDisk;
import coppice.engine.meter.Meters;
import coppice.engine.recovery.Recovery;
import coppice.engine.refs.Placing;
import coppice.engine.refs.RefResolver;
import coppice.engine.repair.Handover;
import coppice.engine.repair.Repairing;
import coppice.engine.state.Folds;
import coppice.engine.state.Followings;
import coppice.engine.state.Roots;
import coppice.engine.storage.Acknowledgement;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Layout;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Failures;
import coppice.engine.terms.PackCompression;
import coppice.engine.transaction.Dues;
import coppice.engine.transaction.Means;
import coppice.engine.transaction.Transacting;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.upkeep.Compaction;
import coppice.engine.upkeep.Indexing;
import coppice.engine.upkeep.Maintenance;
import coppice.engine.upkeep.Pace;
import coppice.engine.upkeep.Retention;
import coppice.engine.version.Committing;
import coppice.engine.version.Grafting;
import coppice.engine.version.HookCalls;
import coppice.engine.version.Moving;
import coppice.engine.version.Versions;
import coppice.engine.version.Vetting;
import coppice.engine.views.Fitting;
import coppice.engine.views.Refreshing;
import coppice.engine.views.Views;
import coppice.engine.waiting.MergeStates;
import coppice.engine.waiting.Waiting;
import coppice.kernel.history.History;
import coppice.kernel.journal.Journal;
import coppice.kernel.journal.JournalOptions;
import coppice.kernel.platform.DiskLock;
import coppice.kernel.platform.StorageException;
import coppice.kernel.store.Manifest;
import coppice.kernel.store.PackOptions;
import coppice.kernel.store.PackStore;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.structure.secret.Vault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// From a directory to an open database: lock, manifest, packs, journal, and the wiring of the engine's parts.
/// What lies where, says [Layout].
public final class Opening {
    private static final Set<String> OWN_NAMES = Set.of(
            Layout.LOCK,
            Manifest.FILE,
            Manifest.FILE + ".new",
            Layout.PACKS + "/",
            Layout.JOURNAL + "/",
            Handover.PLACE + "/",
            Handover.ASIDE + "/");

    /// The most heap that unfolded changes take before they are folded: they are replayed when a database is
    /// opened after a crash, and that has to be quick.
    private static final long FOLD_BYTES_MAX = 24L << 20;

    /// Of so many parts of the memory this many may be used for where chunks are.
    private static final int PARTS = 64;

    private static final int INDEX_PARTS = 5;

    /// This part of the memory, on top of it, may be used for what is put in order while a projection is made.
    private static final int SORT_PARTS = 8;

    /// What follows from rows, outside the heap mostly, may take so many times the memory that was given.
    private static final int FOLLOWING_PARTS = 4;

    /// This part of the memory may be used for what was folded last, so that what follows from it can go on.
    private static final int FOLDS_PARTS = 5;

    private final Machine machine;
    private final Meters meters;
    private final MeteredDisk disk;
    private final String location;
    private final Options options;
    private final Sizes sizes;
    private final RecordedRecovery recorded = new RecordedRecovery();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private Opening(Machine machine, String location, Options options, Sizes sizes) {
        this.meters = new Meters(machine.clock(), options.durability());
        this.disk = new MeteredDisk(machine.disk(), Layout.JOURNAL, meters.of(Operation.SYNC));
        this.machine = new Machine(disk, machine.tasks(), machine.clock(), machine.entropy());
        this.location = location;
        this.options = options;
        this.sizes = sizes;
    }

    /// Opens the database on a machine's disk.
    ///
    /// @param location what to call it in messages
    public static Database open(Machine machine, String location, Options options) {
        return open(machine, location, options, Sizes.STANDARD);
    }

    /// Opens the database on a machine's disk, with files of other sizes.
    public static Database open(Machine machine, String location, Options options, Sizes sizes) {
        return embedded(machine, location, options, sizes);
    }

    /// Clones a database to a machine's disk, and opens the clone.
    ///
    /// @param from what to clone
    /// @param location what to call the clone in messages
    public static Database clone(String from, Machine machine, String location, CloneOptions options) {
        return Failures.guarded(() -> {
            try (Peer peer = Neighbours.connect(from)) {
                new Cloning(machine, location, options).run(peer, from);
            }
            return open(machine, location, options.options());
        });
    }

    /// Restores a backup to a machine's disk, and opens the database.
    public static Database restore(
            Machine from,
            String backup,
            Machine machine,
            String location,
            Options options,
            Consumer<Traffic> progress) {
        return Failures.guarded(() -> {
            Backups.restore(from, backup, machine, location, options, Sizes.STANDARD, progress);
            return open(machine, location, options);
        });
    }

    /// Repairs the database on a machine's disk.
    ///
    /// @param copies where to take missing chunks from, by what they are called
    public static RepairReport repair(
            Machine machine, String location, RepairOptions options, Map<String, Machine> copies, Sizes sizes) {
        return Failures.guarded(() -> new Repairing(machine, location, options, copies, sizes).run());
    }

    /// Backs up an open database of this provider to a machine's disk.
    public static BackupReport backup(Database database, Machine to, String location) {
        if (!(database instanceof EmbeddedDatabase embedded)) {
            throw new IllegalArgumentException("Only a database that is open in this process can be backed up");
        }
        return Failures.guarded(() -> Backups.write(embedded.depot(), to, location, Options.defaults(), traffic -> {}));
    }

    /// Writes a bundle of an open database of this provider to a machine's disk.
    public static Bundles.Summary bundle(Database database, Machine to, String name, Bundles.Choice choice) {
        if (!(database instanceof EmbeddedDatabase embedded)) {
            throw new IllegalArgumentException("Only a database that is open in this process can be bundled");
        }
        return embedded.bundles().write(new NamedFile(to.disk(), name), choice);
    }

    static EmbeddedDatabase embedded(Machine machine, String location, Options options, Sizes sizes) {
        Opening opening = new Opening(machine, location, options, sizes);
        try {
            return opening.run();
        } catch (RuntimeException failure) {
            opening.undo(failure);
            throw Failures.translated(failure);
        }
    }

    private EmbeddedDatabase run() {
        boolean create = prepare();
        DiskLock lock = opening(Layout.lock(machine, location));
        if (create && !Manifest.exists(machine.disk(), "")) { // nobody else made one before the lock was ours
            new Creation(machine, options).run();
        }
        Manifest manifest = chosen(Manifest.read(machine.disk(), ""));
        Handover.complete(machine.disk(), manifest.generation());
        // A process that was killed may have left its manifest's name in the system's cache only. Before packs go that
        // only the older one lists, it has to be sure that the older one does not come back.
        machine.disk().syncDirectory("");
        Construction.tidy(machine.disk()); // behind the sync, which has nothing to do mostly
        return wire(manifest, lock);
    }

    /// Looks at the directory.
    ///
    /// @return whether a database is to be created
    private boolean prepare() {
        if (Manifest.exists(disk, "")) {
            return false;
        }
        List<String> names = disk.exists("") ? names() : List.of();
        if (!OWN_NAMES.containsAll(names)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.NOT_A_DATABASE,
                            "'" + location + "' holds something else than a database (" + names.getFirst()
                                    + " ...): give an empty or a new directory")
                    .with("location", location);
        }
        if (options.whenMissing() == FAIL) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.NO_DATABASE,
                            "There is no database at '" + location + "': check the path, or let it be created")
                    .with("location", location);
        }
        disk.createDirectories("");
        return true;
    }

    /// What is in the directory; the location's own name where it is a file.
    private List<String> names() {
        try {
            return disk.list("");
        } catch (StorageException failure) {
            if (failure.kind() == StorageException.Kind.IO) {
                return List.of("it is no directory");
            }
            throw failure;
        }
    }

    private EmbeddedDatabase wire(Manifest manifest, DiskLock lock) {
        PackOptions packOptions = packOptions(manifest);
        PackStore packs = opening(PackStore.open(disk, machine.tasks(), Layout.PACKS, packOptions, manifest.packs()));
        Nodes nodes = new Nodes(packs, options.memoryBytes() - 3 * foldAtBytes() - foldsBytes() - indexBytes());
        Roots roots = new Roots();
        AtomicLong floor = new AtomicLong();
        History history = new History(nodes, floor::get);
        Recovery recovery = new Recovery(nodes, roots, history, RefTable.of(roots, Tree.load(nodes, manifest.refs())));
        Journal journal = journal(manifest, recovery);
        Acknowledgement acknowledgement = new Acknowledgement(journal, options.durability());
        Storage storage = new Storage(
                disk,
                meters,
                packs,
                nodes,
                roots,
                new Folds(foldsBytes()),
                new Followings(roots, FOLLOWING_PARTS * options.memoryBytes()),
                history,
                journal,
                acknowledgement,
                machine.tasks(),
                machine.clock(),
                machine.entropy(),
                new Vault(machine.entropy()::fill),
                options.author());
        return wire(storage, manifest, recovery, floor, lock);
    }

    /// Where the disk takes nothing, it is left for the next time: whoever writes will hear of it, and the rest
    /// can be read.
    private static void tidy(Waiting waiting, Branches branches) {
        try {
            waiting.forgetWhatIsOver(branches);
        } catch (StorageException _) {
            // as said above
        }
    }

    private PackOptions packOptions(Manifest manifest) {
        return sizes.of(PackOptions.standard().with(manifest.compression()).withIndexBytes(indexBytes()));
    }

    private long indexBytes() {
        return options.memoryBytes() / PARTS * INDEX_PARTS;
    }

    private long sortBytes() {
        return options.memoryBytes() / SORT_PARTS;
    }

    /// Who writes as fast as he can has three times as much folded at once.
    private long foldsBytes() {
        return Math.min(3 * FOLD_BYTES_MAX, options.memoryBytes() / FOLDS_PARTS);
    }

    private long foldAtBytes() {
        return Math.min(FOLD_BYTES_MAX, options.memoryBytes() / 6);
    }

    private EmbeddedDatabase wire(
            Storage storage, Manifest manifest, Recovery recovery, AtomicLong floor, DiskLock lock) {
        Gate gate = new Gate();
        Branches branches = new Branches(storage, gate, recovery.table(), recovery.states());
        tellRecovery(storage.journal(), manifest);
        Checkpoint checkpoint = new Checkpoint(storage, branches, manifest);
        Pace pace = new Pace(machine.tasks(), machine.clock());
        Settings settings = new Settings(branches.system());
        Retention retention = new Retention(
                branches.reflog(),
                (ref, move) -> MergeStates.goesBy(settings, ref, move),
                machine.clock(),
                options.retention());
        long packBytes = packOptions(manifest).packBytes();
        Compaction compaction = new Compaction(storage, branches, checkpoint, retention, pace, packBytes);
        Maintenance maintenance = new Maintenance(
                checkpoint, compaction, pace, meters.of(Operation.STALL), machine.tasks(), foldAtBytes());
        gate.relievedBy(maintenance);
        Indexing indexing = new Indexing(storage, branches, checkpoint, settings);
        Shallow shallow = new Shallow(settings, floor, indexing);
        start(maintenance, storage.journal(), indexing);
        Parts parts = parts(storage, gate, lock, settings, branches, checkpoint, compaction, maintenance, indexing);
        maintenance.every(
                "coppice-projections", Refreshing.PERIOD, parts.views().refreshing()::run);
        maintenance.every("coppice-structures", Dues.PERIOD, parts.means()::tidy);
        tidy(parts.waiting(), branches);
        return new EmbeddedDatabase(parts, new Exchange(parts, shallow, location, options, machine.entropy()));
    }

    private Parts parts(
            Storage storage,
            Gate gate,
            DiskLock lock,
            Settings settings,
            Branches branches,
            Checkpoint checkpoint,
            Compaction compaction,
            Maintenance maintenance,
            Indexing indexing) {
        Policies policies = new Policies(new StoredRules(settings));
        CurrentBranch current = new CurrentBranch(settings, branches);
        Waiting waiting = Waiting.on(storage, checkpoint, branches, settings, current);
        Views views = Views.of(storage, branches, current, checkpoint, settings, gate, sortBytes());
        Versions versions = new Versions(storage, checkpoint, views);
        HookCalls hooks = hooks();
        Vetting vetting = new Vetting(storage, versions, gate, hooks);
        Moving moving = new Moving(storage, checkpoint, versions);
        RefResolver refs = refs(storage, branches, current, indexing);
        Committing committing = new Committing(storage, checkpoint, versions, waiting.merges(), moving, vetting);
        Fitting fitting = views.fitting();
        Transacting transacting = new Transacting(
                storage, checkpoint, waiting.merges(), committing, vetting, fitting, options.autoCommit());
        Feeds feeds = new Feeds(storage, gate, refs, compaction, checkpoint, settings);
        Grafting grafting = new Grafting(storage, checkpoint, moving, waiting, fitting);
        return new Parts(
                storage,
                gate,
                Means.of(storage, gate, settings, transacting, views, feeds::watch, grafting),
                lock,
                settings,
                branches,
                current,
                refs,
                versions,
                hooks,
                vetting,
                new Placing(branches, vetting),
                committing,
                fitting,
                views,
                new Merging(storage, checkpoint, versions, policies, waiting, vetting, fitting),
                waiting,
                Editing.of(
                        storage,
                        branches,
                        checkpoint,
                        versions,
                        refs,
                        new Replaying(storage, policies),
                        waiting,
                        moving,
                        vetting,
                        grafting),
                checkpoint,
                compaction,
                feeds,
                maintenance,
                indexing);
    }

    private static RefResolver refs(Storage storage, Branches branches, CurrentBranch current, Indexing indexing) {
        return new RefResolver(storage, branches, current, indexing.index().origins());
    }

    private HookCalls hooks() {
        HookCalls hooks = new HookCalls(machine.tasks());
        hooks.add(options.hooks());
        return hooks;
    }

    private void tellRecovery(Journal journal, Manifest manifest) {
        recorded.done(
                location,
                journal.recovery().records(),
                journal.recovery().endLsn() - manifest.checkpointLsn(),
                journal.recovery().cut().isPresent());
    }

    private Journal journal(Manifest manifest, Recovery recovery) {
        JournalOptions journalOptions =
                sizes.of(JournalOptions.of(manifest.databaseId()).reaching(Math.max(0, manifest.endLsn())));
        return opening(Journal.open(
                machine.disk(), Layout.JOURNAL, journalOptions, manifest.checkpointLsn(), recovery::replay));
    }

    private void start(Maintenance maintenance, Journal journal, Indexing indexing) {
        maintenance.start();
        maintenance.every("coppice-index", Indexing.PERIOD, indexing::run);
        if (options.durability() instanceof Durability.Interval(var period)) {
            maintenance.every("coppice-sync", period, journal::sync);
        }
    }

    /// The manifest, with the compression that is asked for. It is written with the next checkpoint.
    private Manifest chosen(Manifest manifest) {
        return options.compression()
                .map(choice -> manifest.with(PackCompression.of(choice)))
                .orElse(manifest);
    }

    private <T extends AutoCloseable> T opening(T part) {
        opened.push(part);
        return part;
    }

    private void undo(RuntimeException failure) {
        for (AutoCloseable part : opened) {
            try {
                part.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
    }
}
