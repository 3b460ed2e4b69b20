package coppice.engine.exchange;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Options;
import coppice.engine.storage.Layout;
import coppice.engine.storage.Machine;
import coppice.engine.terms.PackCompression;
import coppice.kernel.bytes.Hash;
import coppice.kernel.journal.Journal;
import coppice.kernel.journal.JournalOptions;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.DiskLock;
import coppice.kernel.platform.Task;
import coppice.kernel.platform.Tasks;
import coppice.kernel.store.Compression;
import coppice.kernel.store.Manifest;
import coppice.kernel.store.PackOptions;
import coppice.kernel.store.PackState;
import coppice.kernel.store.PackStore;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A directory whose packs are filled from another database, and that is none yet: its manifest lies in a
/// directory of its own. So an attempt that was killed is recognised, and gone on with.
public final class Construction implements AutoCloseable {
    /// Where the manifest of an unfinished database is.
    public static final String UNFINISHED = "unfinished";

    private final Disk disk;
    private final Tasks tasks;
    private final String place;
    private final DiskLock lock;
    private final PackStore packs;
    private final Compression compression;
    private final Optional<Manifest> begun;
    private long generation;
    private @Nullable Task journal;
    private boolean namesChanged = true; // guarded by this

    private Construction(
            Disk disk,
            Tasks tasks,
            String place,
            DiskLock lock,
            PackStore packs,
            Compression compression,
            Optional<Manifest> begun) {
        this.disk = disk;
        this.tasks = tasks;
        this.place = place;
        this.lock = lock;
        this.packs = packs;
        this.compression = compression;
        this.begun = begun;
        this.generation = begun.map(Manifest::generation).orElse(0L);
    }

    /// Begins, or goes on.
    ///
    /// @param place the directory of the manifest
    static Construction in(Machine machine, String location, Options options, String place) {
        Disk disk = machine.disk();
        disk.createDirectories("");
        Set<String> foreign = new HashSet<>(disk.list(""));
        foreign.removeAll(
                List.of(Layout.LOCK, Layout.PACKS + "/", Layout.JOURNAL + "/", place + "/", Manifest.FILE + ".new"));
        boolean journal = disk.exists(Layout.JOURNAL) && !disk.exists(place);
        if (!foreign.isEmpty() || journal) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.NOT_A_DATABASE,
                            "'" + location + "' holds something else ("
                                    + foreign.stream().findFirst().orElse("journal")
                                    + " ...): give an empty or a new directory")
                    .with("location", location);
        }
        DiskLock lock = Layout.lock(machine, location);
        try {
            Optional<Manifest> begun =
                    Manifest.exists(disk, place) ? Optional.of(Manifest.read(disk, place)) : Optional.empty();
            Compression compression = options.compression()
                    .map(PackCompression::of)
                    .or(() -> begun.map(Manifest::compression))
                    .orElse(Compression.adaptive());
            PackState state = begun.map(Manifest::packs).orElse(PackState.EMPTY);
            PackStore packs = PackStore.open(
                    disk, machine.tasks(), Layout.PACKS, PackOptions.standard().with(compression), state);
            return new Construction(disk, machine.tasks(), place, lock, packs, compression, begun);
        } catch (RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    PackStore packs() {
        return packs;
    }

    /// What an earlier attempt, or the last backup, has left.
    Optional<Manifest> begun() {
        return begun;
    }

    /// Makes durable what has arrived so far, and says what of it is complete.
    ///
    /// @param lsn where the journal would go on
    /// @param refs the tree of refs that is complete, with all that it reaches
    void keep(UUID id, long lsn, Hash refs) {
        mark();
        write(id, lsn, -1, refs, place);
    }

    /// Makes the directory by which an unfinished database is told.
    private synchronized void mark() {
        if (!disk.exists(place)) {
            disk.createDirectories(place);
            namesChanged = true;
        }
    }

    private synchronized void namesChanged() {
        namesChanged = true;
    }

    /// Lays the beginning of its journal, beside what arrives: [#finish] waits for it. Once.
    ///
    /// @param lsn where it begins
    void beginJournal(JournalOptions options, long lsn) {
        journal = tasks.start("coppice-journal", () -> {
            mark();
            syncNames(); // a journal without that would be somebody else's
            Journal.begin(disk, Layout.JOURNAL, options, lsn);
            namesChanged();
            syncNames(); // so that nobody waits for it at the end
        });
    }

    /// Makes a database of it, such as one that was closed. Whoever opens it tidies up; see [#tidy].
    void finish(UUID id, long lsn, Hash refs) {
        requireJournal();
        write(id, lsn, lsn, refs, "");
    }

    /// Deletes what the making of a database has left beside it. Costs one look when there is nothing.
    public static void tidy(Disk disk) {
        if (disk.exists(UNFINISHED)) {
            disk.list(UNFINISHED).forEach(name -> disk.delete(UNFINISHED + "/" + name));
            disk.delete(UNFINISHED);
        }
    }

    private synchronized void syncNames() {
        if (namesChanged) {
            disk.syncDirectory("");
            namesChanged = false;
        }
    }

    private void write(UUID id, long lsn, long endLsn, Hash refs, String directory) {
        PackState state = packs.sync();
        syncNames();
        new Manifest(id, ++generation, lsn, endLsn, refs, compression, state).write(disk, directory);
        packs.adopted(state);
    }

    private void awaitJournal() {
        Task laying = journal;
        if (laying != null) {
            laying.join();
        }
    }

    /// Fails as the laying of the journal did.
    private void requireJournal() {
        Task laying = journal;
        if (laying != null) {
            laying.joinOrThrow();
        }
    }

    @Override
    public void close() {
        try {
            awaitJournal();
            packs.close();
        } finally {
            lock.close();
        }
    }
}
