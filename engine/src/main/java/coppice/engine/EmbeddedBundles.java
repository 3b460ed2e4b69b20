package coppice.engine;

import coppice.api.Bundles;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.progress.Progress;
import coppice.engine.exchange.Depot;
import coppice.engine.exchange.Flow;
import coppice.engine.exchange.LocalPeer;
import coppice.engine.exchange.NamedFile;
import coppice.engine.exchange.Receiving;
import coppice.engine.live.RefNames;
import coppice.engine.refs.RefResolver;
import coppice.engine.state.Roots;
import coppice.engine.terms.Failures;
import coppice.kernel.bytes.Hash;
import coppice.kernel.exchange.Bundle;
import coppice.kernel.exchange.BundleReader;
import coppice.kernel.exchange.BundleWriter;
import coppice.kernel.history.History;
import coppice.kernel.history.Refs;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.store.Compression;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Nodes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes bundles of a database, and looks into any.
final class EmbeddedBundles implements Bundles {
    private static final long CACHE_BYTES = 16L << 20;
    private static final String UNFINISHED = ".new";

    private final Depot depot;
    private final RefResolver resolver;

    EmbeddedBundles(Depot depot, RefResolver resolver) {
        this.depot = depot;
        this.resolver = resolver;
    }

    @Override
    public Summary write(Path file, Choice choice) {
        return Failures.guarded(() -> write(NamedFile.toWrite(file), choice));
    }

    /// The same, wherever the file is.
    Summary write(NamedFile file, Choice choice) {
        depot.gate().ensureOpen();
        return Failures.guarded(() -> {
            // No sweep may come between finding the commits and holding them.
            List<Bundle.Ref> refs = new ArrayList<>();
            List<Hash> since = new ArrayList<>();
            Roots.Hold hold = depot.compaction().excluded(() -> {
                refs.addAll(chosen(choice));
                choice.since().forEach(ref -> since.add(resolver.resolve(ref)));
                return depot.storage()
                        .roots()
                        .hold(
                                this,
                                refs.stream()
                                        .<Roots.Root>map(ref -> new Roots.OfCommit(ref.commit()))
                                        .toList());
            });
            try {
                return write(file, refs, since, choice);
            } finally {
                hold.release();
            }
        });
    }

    private Summary write(NamedFile named, List<Bundle.Ref> refs, List<Hash> since, Choice choice) {
        Disk disk = named.disk();
        String name = named.name();
        Nodes nodes = new Nodes(depot.storage().packs(), CACHE_BYTES);
        History history = new History(nodes, depot.storage().history()::floor);
        Flow flow = new Flow(depot.storage().clock(), choice.progress());
        String unfinished = name + UNFINISHED;
        if (disk.exists(unfinished)) {
            disk.delete(unfinished); // what an attempt that was killed has left
        }
        try (DiskFile file = disk.open(unfinished, OpenMode.CREATE)) {
            Bundle bundle = new BundleWriter(nodes, history, Compression.adaptive(), flow)
                    .write(file, refs, since, depot.storage().clock().millis());
            Summary summary = summary(bundle, file.size());
            disk.rename(unfinished, name);
            disk.syncDirectory("");
            return summary;
        } catch (RuntimeException failure) {
            if (disk.exists(unfinished)) {
                disk.delete(unfinished);
            }
            throw failure;
        }
    }

    private List<Bundle.Ref> chosen(Choice choice) {
        List<Bundle.Ref> all = new ArrayList<>();
        for (Refs.Ref ref : depot.branches().list("")) {
            boolean branch =
                    ref.name().startsWith(RefNames.HEADS) && !ref.name().equals(RefNames.head(RefNames.SYSTEM));
            if (branch || ref.name().startsWith(RefNames.TAGS)) {
                all.add(LocalPeer.bundled(ref));
            }
        }
        if (choice.refs().isEmpty()) {
            return all;
        }
        return choice.refs().stream()
                .distinct()
                .map(name -> find(all, name)
                        .orElseThrow(() -> new DatabaseException.NotFound(
                                        ErrorCode.UNKNOWN_REF,
                                        "There is no branch and no tag '" + name + "' to bundle: see branches()")
                                .with("ref", name)))
                .toList();
    }

    private static Optional<Bundle.Ref> find(List<Bundle.Ref> all, String name) {
        return all.stream()
                .filter(ref -> ref.name().equals(name) || ref.name().equals(RefNames.head(name)))
                .findFirst();
    }

    @Override
    public Summary describe(Path file) {
        return reading(file, Bundle::read);
    }

    @Override
    public Summary verify(Path file, Progress progress) {
        return reading(file, open -> {
            try (BundleReader reader = new BundleReader(open, new MemoryChunks())) {
                Bundle bundle = reader.bundle();
                reader.finish(done -> progress.moved("verifying", "chunks", done, Math.max(done, bundle.chunks())));
                return bundle;
            }
        });
    }

    private Summary reading(Path file, java.util.function.Function<DiskFile, Bundle> look) {
        return Failures.guarded(() -> {
            NamedFile named = NamedFile.toRead(file);
            try (DiskFile open = named.disk().open(named.name(), OpenMode.READ)) {
                return summary(look.apply(open), open.size());
            }
        });
    }

    private static Summary summary(Bundle bundle, long bytes) {
        return new Summary(
                bundle.refs().stream()
                        .map(ref -> new BundledRef(ref.name(), Receiving.id(ref.commit())))
                        .toList(),
                bundle.prerequisites().stream().map(Receiving::id).toList(),
                bundle.commits(),
                bundle.chunks(),
                bytes);
    }
}
