package coppice.engine.exchange;

import coppice.api.BackupReport;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Options;
import coppice.api.Traffic;
import coppice.engine.state.Roots;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.engine.storage.Storage;
import coppice.kernel.bytes.Hash;
import coppice.kernel.exchange.PackSource;
import coppice.kernel.journal.JournalOptions;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.LocalDisk;
import coppice.kernel.store.Manifest;
import coppice.kernel.store.PackStore;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Backups: a directory of packs with a manifest of its own, which holds everything a database had at a
/// checkpoint. The next backup into the same place adds what is new. It is no database, so that nobody works on it
/// by mistake; restoring copies it to a new place and proves all of it on the way.
public final class Backups {
    /// Where the manifest of a backup is.
    public static final String PLACE = "backup";

    private static final long MEMORY_BYTES = 32L << 20;

    private Backups() {}

    /// Backs a database up, beside its readers and writers.
    public static BackupReport write(
            Depot depot, Machine target, String location, Options options, Consumer<Traffic> listener) {
        depot.checkpoint().run();
        Storage storage = depot.storage();
        Flow flow = new Flow(storage.clock(), listener);
        // The table on disk is kept by every sweep; until the next checkpoint, and no sweep runs before it is held.
        Manifest[] manifest = new Manifest[1];
        Roots.Hold hold = depot.compaction().excluded(() -> {
            manifest[0] = depot.checkpoint().manifest();
            return storage.roots().hold(flow, roots(storage.nodes(), manifest[0].refs()));
        });
        long lsn = storage.journal().appended();
        try (Construction copy = Construction.in(target, location, options, PLACE)) {
            Manifest original = manifest[0];
            requireSame(copy, original, location);
            Optional<Hash> complete = complete(copy);
            Hash known = complete.orElseGet(
                    () -> Tree.empty(new Nodes(copy.packs(), MEMORY_BYTES)).root());
            long knownLsn = copy.begun().map(Manifest::checkpointLsn).orElse(lsn);
            long floor = storage.history().floor();
            boolean everShallow =
                    depot.settings().find(Shallow.AREA, Shallow.FLOOR).isPresent();
            try (Keeping keeping =
                    new Keeping(target.tasks(), () -> copy.keep(original.databaseId(), knownLsn, known))) {
                flow.keeping(keeping);
                new StateCopy(
                                copy.packs(),
                                depot.source(),
                                floor,
                                target.entropy().nextLong(),
                                flow)
                        .run(original.refs(), everShallow ? Optional.empty() : complete, flow);
            }
            copy.keep(original.databaseId(), lsn, original.refs());
            return new BackupReport(flow.traffic().commits(), flow.traffic());
        } finally {
            hold.release();
        }
    }

    /// The table of the backup that is there, if one was completed.
    private static Optional<Hash> complete(Construction copy) {
        return copy.begun()
                .map(Manifest::refs)
                .filter(refs ->
                        Tree.load(new Nodes(copy.packs(), MEMORY_BYTES), refs).count() > 0);
    }

    private static void requireSame(Construction copy, Manifest original, String location) {
        if (copy.begun().isPresent() && !copy.begun().get().databaseId().equals(original.databaseId())) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.OTHER_BACKUP,
                            "'" + location + "' is the backup of another database: choose another place")
                    .with("location", location);
        }
    }

    /// All that a table of refs reaches, to be held.
    private static List<Roots.Root> roots(Nodes nodes, Hash refs) {
        StateCopy.Reached reached = new StateCopy.Reached();
        StateCopy.reached(nodes, refs, reached);
        List<Roots.Root> roots = new ArrayList<>();
        roots.add(new Roots.OfTree(refs));
        reached.commits().forEach(commit -> roots.add(new Roots.OfCommit(commit)));
        reached.catalogs().forEach(catalog -> roots.add(new Roots.OfCatalog(catalog)));
        return roots;
    }

    /// Makes a database of a backup, the one that was backed up.
    public static void restore(
            Machine from,
            String backup,
            Machine to,
            String location,
            Options options,
            Sizes sizes,
            Consumer<Traffic> listener) {
        if (!Manifest.exists(from.disk(), PLACE)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.NO_DATABASE, "There is no backup at '" + backup + "': check the path")
                    .with("location", backup);
        }
        Clock clock = to.clock();
        try (Construction source = Construction.in(from, backup, options, PLACE);
                Construction copy = Construction.in(to, location, options, Construction.UNFINISHED)) {
            Manifest manifest = source.begun().orElseThrow();
            PackStore packs = source.packs();
            Nodes nodes = new Nodes(packs, MEMORY_BYTES);
            if (complete(source).isEmpty()) {
                throw new DatabaseException.Incorrect(
                                ErrorCode.NO_DATABASE,
                                "The backup at '" + backup + "' was never completed: back up again")
                        .with("location", backup);
            }
            Flow flow = new Flow(clock, listener);
            Hash nothing = Tree.empty(new Nodes(copy.packs(), MEMORY_BYTES)).root();
            long floor = StateCopy.setting(nodes, manifest.refs(), Shallow.AREA, Shallow.FLOOR)
                    .map(Shallow::decode)
                    .orElse(0L);
            copy.beginJournal(sizes.of(JournalOptions.of(manifest.databaseId())), manifest.checkpointLsn());
            Runnable keep = () -> copy.keep(manifest.databaseId(), manifest.checkpointLsn(), nothing);
            try (Keeping keeping = new Keeping(to.tasks(), keep)) {
                flow.keeping(keeping);
                new StateCopy(
                                copy.packs(),
                                new PackSource(packs),
                                floor,
                                to.entropy().nextLong(),
                                flow)
                        .run(manifest.refs(), Optional.empty(), flow);
            }
            copy.finish(manifest.databaseId(), manifest.checkpointLsn(), manifest.refs());
        }
    }

    /// The machine with its disk at a directory.
    public static Machine machine(String directory) {
        return Machine.real(LocalDisk.at(Path.of(directory)));
    }
}
