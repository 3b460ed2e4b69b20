package coppice.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;
import coppice.api.Options;
import coppice.engine.live.RefNames;
import coppice.engine.storage.Layout;
import coppice.engine.storage.Machine;
import coppice.engine.terms.PackCompression;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.History;
import coppice.kernel.history.RefValue;
import coppice.kernel.platform.Disk;
import coppice.kernel.store.Compression;
import coppice.kernel.store.Manifest;
import coppice.kernel.store.PackOptions;
import coppice.kernel.store.PackState;
import coppice.kernel.store.PackStore;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.List;
import java.util.UUID;

/// Makes a new database: an empty first commit, the branch `main` at it, and last the manifest, whose appearance is
/// what makes it a database. What an unfinished attempt left behind is removed first.
final class Creation {
    private final Machine machine;
    private final Options options;

    Creation(Machine machine, Options options) {
        this.machine = machine;
        this.options = options;
    }

    void run() {
        Disk disk = machine.disk();
        requireUnfinished(disk);
        clear(Layout.PACKS);
        Compression compression = options.compression().map(PackCompression::of).orElse(Compression.adaptive());
        PackOptions packOptions = PackOptions.standard().with(compression);
        try (PackStore packs = PackStore.open(disk, machine.tasks(), Layout.PACKS, packOptions, PackState.EMPTY)) {
            Nodes nodes = new Nodes(packs, Options.MEMORY_BYTES_MIN);
            long now = machine.clock().millis();
            Hash first = new History(nodes)
                    .commit(CommitDraft.of(
                            Catalog.empty(nodes).root(), List.of(), options.author(), now, "Create the database"));
            Tree refs = Tree.empty(nodes)
                    .apply(Edits.of(List.of(branch(RefNames.SYSTEM, first, now), branch(Database.MAIN, first, now))));
            UUID id = new UUID(machine.entropy().nextLong(), machine.entropy().nextLong());
            PackState state = packs.sync();
            disk.syncDirectory("");
            new Manifest(id, 1, 0, -1, refs.root(), compression, state).write(disk, "");
        }
    }

    private static Edit branch(String name, Hash commit, long now) {
        return Edit.put(
                RefNames.head(name).getBytes(UTF_8),
                RefValue.branch(commit, 0, now).encode());
    }

    /// The journal is begun after the manifest: where there is one, this is a database that has lost its head.
    private static void requireUnfinished(Disk disk) {
        if (disk.exists(Layout.JOURNAL) && !disk.list(Layout.JOURNAL).isEmpty()) {
            throw new CorruptException(
                    Manifest.FILE, -1, "the manifest of the database whose journal is here", "no such file");
        }
    }

    private void clear(String directory) {
        Disk disk = machine.disk();
        if (disk.exists(directory)) {
            disk.list(directory).forEach(name -> disk.delete(directory + "/" + name));
        }
    }
}
