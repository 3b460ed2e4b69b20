package coppice.testing.simulation;

import coppice.kernel.platform.Disk;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.DiskLock;
import coppice.kernel.platform.StorageException;
import coppice.kernel.platform.StorageException.Kind;
import coppice.testing.simulation.Names.Created;
import coppice.testing.simulation.Names.Deleted;
import coppice.testing.simulation.Names.MadeDirectory;
import coppice.testing.simulation.Names.Renamed;
import coppice.testing.simulation.Names.Renaming;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A disk in the heap that knows what a power cut would leave of it, and that fails when told to.
///
/// What was not synced may be kept, lost or torn by [#afterPowerCut(long)], in any combination and order; a name
/// lasts only once its directory was synced. [#afterKill()] is the end of the process alone: the system still has
/// everything.
///
/// Thread-safe; everything happens under one lock, one change after the other.
public final class SimulatedDisk implements Disk {
    private Names seen = new Names();
    private Names durable = new Names();
    private final List<Renaming> pending = new ArrayList<>();
    private final Set<String> locks = new HashSet<>();
    private Consumer<Access> observer = access -> {};
    private Predicate<Access> failing = access -> false;
    private Kind failure = Kind.IO;
    private long accesses;
    private long changes;
    private long cutAt = Long.MAX_VALUE;
    private boolean dead;
    private boolean lying;

    /// An empty disk.
    public SimulatedDisk() {}

    /// How many changes there were, failed ones included.
    public synchronized long changes() {
        return changes;
    }

    /// How many accesses there were, failed ones included.
    public synchronized long accesses() {
        return accesses;
    }

    /// Lets the power go in the midst of the n-th change from now on: it is begun and not acknowledged, and every
    /// access from then on throws [PowerCut].
    ///
    /// @param n from 1
    public synchronized void cutPowerAt(long n) {
        cutAt = changes + n;
    }

    /// Whether the power has gone.
    public synchronized boolean isDead() {
        return dead;
    }

    /// Lets these accesses fail. A failed write may have written a part; a failed sync leaves it open what was
    /// written, and no later one makes up for it.
    public synchronized void fail(Kind kind, Predicate<Access> which) {
        failure = kind;
        failing = which;
    }

    /// Lets accesses succeed again.
    public synchronized void heal() {
        failing = access -> false;
    }

    /// Lets syncs and durable writes return without having made anything durable, as some devices do.
    public synchronized void lieAboutSyncs() {
        lying = true;
    }

    synchronized boolean isLying() {
        return lying;
    }

    /// Shows every change to an observer in the midst of it: begun, perhaps partly on the medium, and not
    /// acknowledged. The observer may copy the disk, and must not use it otherwise.
    public synchronized void observe(Consumer<Access> eye) {
        observer = eye;
    }

    /// A disk as the next start may find it after a power cut at this moment. This one stays as it is.
    ///
    /// @param seed decides what of the unsynced survives
    public synchronized SimulatedDisk afterPowerCut(long seed) {
        Tearing tearing = new Tearing(seed);
        SimulatedDisk left = new SimulatedDisk();
        IdentityHashMap<Inode, Inode> copies = new IdentityHashMap<>();
        UnaryOperator<Inode> copy = file -> file.afterPowerCut(tearing);
        left.durable = durable.copy(copies, copy);
        for (Renaming change : pending) {
            if (tearing.keeps()) {
                change.with(file -> copies.computeIfAbsent(file, copy)).applyTo(left.durable);
            }
        }
        left.durable.dropOrphans();
        left.seen = left.durable.copy(new IdentityHashMap<>(), file -> file);
        return left;
    }

    /// A disk as the next start finds it when the process was killed at this moment: everything is there, and what
    /// was not synced still is not.
    public synchronized SimulatedDisk afterKill() {
        SimulatedDisk left = new SimulatedDisk();
        IdentityHashMap<Inode, Inode> copies = new IdentityHashMap<>();
        left.durable = durable.copy(copies, Inode::copy);
        left.seen = seen.copy(copies, Inode::copy);
        pending.forEach(change -> left.pending.add(change.with(file -> copies.computeIfAbsent(file, Inode::copy))));
        return left;
    }

    @Override
    public synchronized List<String> list(String directory) {
        before(Access.Kind.LOOK, directory);
        requireDirectory(directory);
        Set<String> names = new TreeSet<>();
        seen.files.keySet().forEach(path -> addChild(names, directory, path, ""));
        seen.directories.forEach(path -> addChild(names, directory, path, "/"));
        return List.copyOf(names);
    }

    private static void addChild(Set<String> names, String directory, String path, String mark) {
        if (!path.isEmpty() && Names.parent(path).equals(directory)) {
            names.add(path.substring(directory.isEmpty() ? 0 : directory.length() + 1) + mark);
        }
    }

    @Override
    public synchronized boolean exists(String path) {
        before(Access.Kind.LOOK, path);
        return seen.files.containsKey(path) || seen.directories.contains(path);
    }

    @Override
    public synchronized DiskFile open(String path, OpenMode mode) {
        before(mode == OpenMode.CREATE ? Access.Kind.CREATE : Access.Kind.LOOK, path);
        Inode file = seen.files.get(path);
        if (mode == OpenMode.CREATE) {
            if (file != null || seen.directories.contains(path)) {
                throw new StorageException(Kind.EXISTS, path, null);
            }
            file = create(path);
        }
        if (file == null) {
            throw notFound(path);
        }
        return new SimulatedFile(this, path, file, mode != OpenMode.READ);
    }

    private Inode create(String path) {
        requireDirectory(Names.parent(path));
        Inode file = new Inode();
        change(new Created(path, file), Access.Kind.CREATE, path);
        return file;
    }

    private void change(Renaming change, Access.Kind kind, String path) {
        change.applyTo(seen);
        pending.add(change);
        during(kind, path);
    }

    @Override
    public synchronized void rename(String from, String to) {
        before(Access.Kind.RENAME, from);
        Inode file = seen.files.get(from);
        if (file == null) {
            throw notFound(from);
        }
        requireDirectory(Names.parent(to));
        if (seen.directories.contains(to)) {
            throw new StorageException(Kind.EXISTS, to, "a directory has this name", null);
        }
        change(new Renamed(from, to, file), Access.Kind.RENAME, from);
    }

    @Override
    public synchronized void delete(String path) {
        before(Access.Kind.DELETE, path);
        Inode file = seen.files.get(path);
        if (file == null && (path.isEmpty() || !seen.directories.contains(path))) {
            throw notFound(path);
        }
        if (file == null && !isEmpty(path)) {
            throw new StorageException(Kind.IO, path, "the directory is not empty", null);
        }
        change(new Deleted(path, file), Access.Kind.DELETE, path);
    }

    private boolean isEmpty(String directory) {
        return seen.files.keySet().stream().noneMatch(path -> Names.parent(path).equals(directory))
                && seen.directories.stream()
                        .noneMatch(path -> !path.isEmpty() && Names.parent(path).equals(directory));
    }

    @Override
    public synchronized void createDirectories(String path) {
        if (path.isEmpty() || seen.directories.contains(path)) {
            before(Access.Kind.LOOK, path);
            return;
        }
        createDirectories(Names.parent(path));
        before(Access.Kind.CREATE, path);
        if (seen.files.containsKey(path)) {
            throw new StorageException(Kind.EXISTS, path, "a file has this name", null);
        }
        change(new MadeDirectory(path), Access.Kind.CREATE, path);
    }

    @Override
    public synchronized void syncDirectory(String path) {
        before(Access.Kind.SYNC_DIRECTORY, path);
        requireDirectory(path);
        during(Access.Kind.SYNC_DIRECTORY, path);
        if (lying) {
            return;
        }
        for (Iterator<Renaming> changes = pending.iterator(); changes.hasNext(); ) {
            Renaming change = changes.next();
            if (change.concerns(path)) {
                change.applyTo(durable);
                changes.remove();
            }
        }
    }

    @Override
    public synchronized DiskLock lock(String path) {
        before(Access.Kind.LOOK, path);
        requireDirectory(Names.parent(path));
        if (locks.contains(path)) {
            long owner = ProcessHandle.current().pid();
            throw new StorageException(Kind.LOCKED, path, "by process " + owner + ", this one", null);
        }
        if (!seen.files.containsKey(path)) {
            create(path);
        }
        locks.add(path);
        return new Lock(path);
    }

    @Override
    public long usableBytes() {
        return 1L << 40;
    }

    private void requireDirectory(String path) {
        if (!seen.directories.contains(path)) {
            throw notFound(path);
        }
    }

    private static StorageException notFound(String path) {
        return new StorageException(Kind.NOT_FOUND, path, null);
    }

    /// Counts an access and lets it fail when it should.
    synchronized void before(Access.Kind kind, String path) {
        if (dead) {
            throw new PowerCut(changes);
        }
        accesses++;
        changes += kind.isChange() ? 1 : 0;
        if (failing.test(new Access(accesses, kind, path))) {
            throw new StorageException(failure, path, "injected", null);
        }
    }

    /// A change has begun and is not acknowledged.
    synchronized void during(Access.Kind kind, String path) {
        observer.accept(new Access(accesses, kind, path));
        if (changes >= cutAt) {
            dead = true;
            throw new PowerCut(changes);
        }
    }

    private final class Lock implements DiskLock {
        private @Nullable String path;

        Lock(String path) {
            this.path = path;
        }

        @Override
        public void close() {
            synchronized (SimulatedDisk.this) {
                if (path != null) {
                    locks.remove(path);
                }
                path = null;
            }
        }
    }
}
