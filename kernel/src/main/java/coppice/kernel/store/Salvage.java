package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.Tasks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What can be read of a directory of packs that may be damaged, as a store: every sound chunk that is in any pack.
/// Changes none of the files that are there; what is written goes to new packs, of which nobody knows before a
/// manifest lists them. [#finish] makes a sound state of it all. For one thread, but the store is for many.
///
/// Heap: 50 bytes for each chunk of a pack that is damaged or has no sound index.
public final class Salvage implements AutoCloseable {
    private final PackFolder folder;
    private final ChunkCodec codec;
    private final PackVisitor visitor;
    private final PackList list = new PackList(0);
    private final List<Pack> remnants = new ArrayList<>();
    private final List<String> staleIndexes = new ArrayList<>();
    private final Set<String> damagedPaths = new HashSet<>();
    private final PackStore store;

    private Salvage(
            Disk disk,
            Tasks tasks,
            String directory,
            PackOptions options,
            Optional<PackState> state,
            int workers,
            PackVisitor visitor) {
        this.folder = new PackFolder(disk, directory, 0);
        this.codec = ChunkCodec.of(options.withRawWithoutZstd(true));
        this.visitor = visitor;
        try {
            List<Long> found = folder.ids();
            state.ifPresentOrElse(
                    known -> known.packs().forEach(this::openListed), () -> found.forEach(this::openUnlisted));
            if (workers > 0) {
                check(tasks, workers);
            }
            if (!damagedPaths.isEmpty() && state.isPresent()) {
                found.forEach(this::openStray);
            }
            long last = found.stream().mapToLong(id -> id).max().orElse(0);
            long nextId = Math.max(last + 1, state.map(PackState::nextId).orElse(1L));
            this.store = PackStore.over(folder, options.withRawWithoutZstd(true), codec, tasks, list, nextId);
        } catch (RuntimeException e) {
            list.close();
            codec.close();
            throw e;
        }
    }

    /// Reads and checks all there is.
    ///
    /// @param directory relative to the disk's root; one that is not there holds nothing
    /// @param state what the manifest says; without one, every pack counts that is there
    /// @param workers how many threads work, the caller included; at least 1
    /// @param visitor is told each sound chunk at least once, and each damage once
    /// @throws coppice.kernel.bytes.FormatVersionException if a newer program wrote a pack
    public static Salvage of(
            Disk disk,
            Tasks tasks,
            String directory,
            PackOptions options,
            Optional<PackState> state,
            int workers,
            PackVisitor visitor) {
        return new Salvage(disk, tasks, directory, options, state, Math.max(1, workers), visitor);
    }

    /// A copy from which a few chunks are wanted: reads the indexes only; chunks are checked when they are read.
    public static Salvage ofCopy(
            Disk disk, Tasks tasks, String directory, PackOptions options, Optional<PackState> state) {
        return new Salvage(disk, tasks, directory, options, state, 0, PackVisitor.NONE);
    }

    /// The sound chunks, and what is written to them.
    public PackStore store() {
        return store;
    }

    /// Whether a pack or an index is not as the manifest says it is.
    public boolean isDamaged() {
        return !damagedPaths.isEmpty();
    }

    private void openListed(PackState.Entry entry) {
        String path = folder.packPath(entry.id());
        if (!folder.exists(path)) {
            tell(path, 0, "a pack of " + entry.length() + " bytes that the manifest lists", "no such file");
            return;
        }
        DiskFile file = folder.openForReading(path);
        long size = file.size();
        boolean whole = hasHeader(file, entry.id());
        if (size < entry.length()) {
            tell(path, size, entry.length() + " bytes that the manifest lists", "the end of the file");
            whole = false;
        }
        Optional<IndexReader> index = whole && entry.sealed() ? index(entry) : Optional.empty();
        if (index.isPresent()) {
            list.add(new Pack(folder, entry.id(), file, index.get(), entry.length(), entry.rawBytes()).synced());
        } else {
            long end = entry.sealed() ? Math.min(size, entry.length()) : size;
            Pack pack = search(file, entry.id(), end, entry.length(), whole);
            if (pack.index().count() < entry.chunks() && !remnants.contains(pack)) {
                tell(
                        path,
                        end,
                        entry.chunks() + " chunks, as the manifest says",
                        pack.index().count() + " chunks");
                remnants.add(pack);
            }
        }
    }

    /// A pack of a directory whose manifest is lost.
    private void openUnlisted(long id) {
        DiskFile file = folder.openForReading(folder.packPath(id));
        search(file, id, file.size(), file.size(), hasHeader(file, id));
        if (folder.exists(folder.indexPath(id))) {
            staleIndexes.add(folder.indexPath(id)); // nothing says for what length of the pack it was made
        }
    }

    /// What is in a pack that no manifest lists, and nowhere else.
    private void openStray(long id) {
        if (list.packs().stream().anyMatch(pack -> pack.id() == id)) {
            return;
        }
        DiskFile file = folder.openForReading(folder.packPath(id));
        RecordSearch.Found found = RecordSearch.search(file, file.size(), 0, codec, visitor);
        PlaceTable table = new PlaceTable();
        found.table().forEachHash((hash, place) -> {
            if (list.packOf(hash, true) == null) {
                table.add(hash, place);
            }
        });
        Pack pack = new Pack(folder, id, file, table, Math.max(found.end(), PackHeader.LENGTH), found.rawBytes());
        list.add(pack);
        remnants.add(pack);
    }

    private boolean hasHeader(DiskFile file, long id) {
        try {
            byte[] header = new byte[PackHeader.LENGTH];
            file.read(0, header, 0, header.length);
            PackHeader.check(file.path(), header, PackHeader.PACK_MAGIC, id, 0);
            return true;
        } catch (CorruptException damage) {
            tell(new PackDamage(PackDamage.Kind.RECORDS, null, damage));
            return false;
        }
    }

    /// The index of a pack if it is as it was written.
    private Optional<IndexReader> index(PackState.Entry entry) {
        String path = folder.indexPath(entry.id());
        if (!folder.exists(path)) {
            tell(new PackDamage(
                    PackDamage.Kind.INDEX, null, new CorruptException(path, 0, "the index of a pack", "no such file")));
            return Optional.empty();
        }
        DiskFile file = folder.openForReading(path);
        try {
            if (!IndexReader.isCurrent(file)) {
                file.close();
                staleIndexes.add(path);
                return Optional.empty();
            }
            IndexReader reader =
                    new IndexReader(file, folder.indexBlocks(), entry.id(), entry.length(), entry.chunks());
            reader.check((_, _, _) -> {});
            return Optional.of(reader);
        } catch (CorruptException damage) {
            file.close();
            tell(new PackDamage(PackDamage.Kind.INDEX, null, damage));
            staleIndexes.add(path);
            return Optional.empty();
        }
    }

    /// Finds the sound records of a pack. It is a remnant unless all of it is sound up to where it must be.
    ///
    /// @param due up to where
    /// @param whole whether the file itself is as it should be
    private Pack search(DiskFile file, long id, long end, long due, boolean whole) {
        RecordSearch.Found found = RecordSearch.search(file, end, due, codec, visitor);
        found.damages().forEach(this::tell);
        long length = Math.max(found.end(), PackHeader.LENGTH);
        Pack pack = new Pack(folder, id, file, found.table(), length, found.rawBytes()).synced();
        list.add(pack);
        if (!whole || !found.damages().isEmpty() || found.table().count() == 0) {
            remnants.add(pack);
        }
        return pack;
    }

    private void tell(String path, long offset, String expected, String found) {
        tell(new PackDamage(PackDamage.Kind.RECORDS, null, new CorruptException(path, offset, expected, found)));
    }

    private synchronized void tell(PackDamage damage) {
        // What was found reading in order is found again by the search for what is left.
        if (damagedPaths.add(damage.what().where()) || !searching) {
            visitor.damaged(damage);
        }
    }

    private boolean searching;

    /// Checks the packs that have sound indexes.
    private void check(Tasks tasks, int workers) {
        List<Pack> indexed =
                list.packs().reversed().stream().filter(Pack::sealed).toList();
        Set<String> before = Set.copyOf(damagedPaths);
        PackCheck.run(indexed, codec, tasks, workers, new PackVisitor() {
            @Override
            public void sound(Hash hash, byte[] bytes, int length) {
                visitor.sound(hash, bytes, length);
            }

            @Override
            public void versions(Hash[] hashes, byte[] content, int[] ends) {
                visitor.versions(hashes, content, ends);
            }

            @Override
            public void damaged(PackDamage damage) {
                tell(damage);
            }

            @Override
            public void read(long bytes) {
                visitor.read(bytes);
            }
        });
        searching = true;
        for (Pack pack : indexed) {
            boolean bad = damagedPaths.stream().anyMatch(path -> pack.hasFile(path) && !before.contains(path));
            if (bad) {
                list.replace(List.of(pack), List.of());
                DiskFile file = folder.openForReading(pack.path());
                search(file, pack.id(), pack.length(), pack.length(), true);
            }
        }
        searching = false;
    }

    /// Makes a sound state of what was found and written, durably: what is left of damaged packs is copied to new
    /// ones, and indexes are made again. Whoever calls has moved the stale ones away, and puts the state into a
    /// manifest.
    ///
    /// @param grown whether chunks were written that older ones refer to
    public PackState finish(boolean grown) {
        folder.prepare();
        if (!remnants.isEmpty()) {
            List<Candidate> left = remnants.stream()
                    .filter(pack -> pack.index().count() > 0)
                    .map(Candidate::whole)
                    .toList();
            List<Pack> fresh = left.isEmpty()
                    ? List.of()
                    : store.rewriter(list.bytes(), _ -> {}).copy(left, List.of(), null);
            list.replace(remnants, fresh);
        }
        if (!remnants.isEmpty() || grown) {
            // A sweep of the young would not come by chunks that old ones refer to, if those were younger.
            list.packs().forEach(pack -> pack.aged(0, true));
        }
        return store.sync();
    }

    /// Indexes that are not as they were written.
    public List<String> staleIndexes() {
        return List.copyOf(staleIndexes);
    }

    /// Packs that a manifest with the state of [#finish] no longer lists, with their indexes.
    public List<String> givenUp() {
        Set<String> paths = new LinkedHashSet<>();
        for (Pack pack : remnants) {
            paths.add(folder.packPath(pack.id()));
            paths.add(folder.indexPath(pack.id()));
        }
        return paths.stream().filter(folder::exists).toList();
    }

    /// Closes the files. What [#finish] has not made durable is lost.
    @Override
    public void close() {
        store.close();
    }
}
