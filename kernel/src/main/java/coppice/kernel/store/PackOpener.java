package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.platform.DiskFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings a directory of packs to the state that the manifest describes: deletes and cuts what is not listed,
/// opens what is, scans the one pack that was still growing. Reads a few bytes per sealed pack and at most
/// about [PackOptions#sealBytes] of the growing one, so the time does not depend on how much is stored.
final class PackOpener {
    private final PackFolder folder;
    private final ChunkCodec codec;
    private final PackState state;
    private final PackList list;
    private @Nullable PackWriter growing;
    /// The last damage that a scan found in the pack at hand.
    private @Nullable CorruptException damage;

    private PackOpener(PackFolder folder, ChunkCodec codec, PackList list, PackState state) {
        this.folder = folder;
        this.codec = codec;
        this.list = list;
        this.state = state;
    }

    /// The opened packs, and the one to go on with if there is one.
    record Opened(PackList list, @Nullable PackWriter growing) {}

    /// @param list gets the packs
    static Opened open(PackFolder folder, ChunkCodec codec, PackList list, PackState state) {
        PackOpener opener = new PackOpener(folder, codec, list, state);
        try {
            opener.run();
            return new Opened(list, opener.growing);
        } catch (RuntimeException e) {
            list.close();
            throw e;
        }
    }

    private void run() {
        folder.prepare();
        Set<String> listed = new HashSet<>();
        for (PackState.Entry entry : state.packs()) {
            listed.add(folder.packPath(entry.id()));
            if (entry.sealed()) {
                listed.add(folder.indexPath(entry.id()));
            }
        }
        folder.deleteAllBut(listed);
        List<PackState.Entry> packs = state.packs();
        for (int i = 0; i < packs.size(); i++) {
            open(packs.get(i), i == packs.size() - 1);
        }
        folder.sync();
    }

    private void open(PackState.Entry entry, boolean last) {
        String path = folder.packPath(entry.id());
        DiskFile file = folder.openListed(path, entry.length(), !entry.sealed());
        try {
            file = cut(file, entry);
            byte[] header = new byte[PackHeader.LENGTH];
            file.read(0, header, 0, header.length);
            PackHeader.check(path, header, PackHeader.PACK_MAGIC, entry.id(), 0);
            damage = null;
            PackIndex index = entry.sealed() ? openIndex(file, entry) : scan(file, entry);
            Pack pack = new Pack(folder, entry.id(), file, index, entry.length(), entry.rawBytes());
            pack.aged(entry.generation(), entry.remains());
            list.add(pack.damaged(damage).synced());
            if (index instanceof PlaceTable table && last) {
                growing = PackWriter.resume(pack, table, entry);
            }
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private DiskFile cut(DiskFile file, PackState.Entry entry) {
        if (file.size() == entry.length()) {
            return file;
        }
        DiskFile writable = file;
        if (entry.sealed()) {
            file.close();
            writable = folder.openForWriting(file.path());
        }
        writable.truncate(entry.length());
        return writable;
    }

    /// Opens the index without reading more than its header, or makes a new one where it is missing, of the wrong size,
    /// or of an older version.
    private PackIndex openIndex(DiskFile packFile, PackState.Entry entry) {
        String path = folder.indexPath(entry.id());
        if (folder.exists(path)) {
            DiskFile file = folder.openForReading(path);
            if (file.size() == IndexFormat.fileBytes(entry.chunks()) && IndexReader.isCurrent(file)) {
                return new IndexReader(file, folder.indexBlocks(), entry.id(), entry.length(), entry.chunks());
            }
            file.close();
        }
        PlaceTable table = scan(packFile, entry);
        DiskFile file = folder.create(path);
        try {
            IndexWriter.write(file, entry.id(), entry.length(), table);
            file.sync();
            return new IndexReader(file, folder.indexBlocks(), entry.id(), entry.length(), entry.chunks());
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /// A record that is damaged inside need not keep the whole database closed, as long as the records line
    /// up: reading it says that it is damaged.
    private PlaceTable scan(DiskFile file, PackState.Entry entry) {
        PlaceTable table = new PlaceTable();
        PackScan.scan(file, entry.length(), codec, (hash, place, _) -> table.add(hash, place), e -> damage = e);
        if (table.count() != entry.chunks()) {
            throw new CorruptException(
                    file.path(),
                    entry.length(),
                    entry.chunks() + " chunks up to here, as the manifest says",
                    table.count() + " chunks");
        }
        return table;
    }
}
