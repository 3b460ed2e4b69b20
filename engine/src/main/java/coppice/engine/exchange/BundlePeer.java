package coppice.engine.exchange;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.PushOutcome;
import coppice.kernel.bytes.Hash;
import coppice.kernel.exchange.Bundle;
import coppice.kernel.exchange.BundleReader;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.StorageException;
import coppice.kernel.store.Chunks;
import coppice.kernel.tree.ChunkWalk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A bundle as the other side: it can be fetched from.
public final class BundlePeer implements Peer {
    private final Path path;
    private final DiskFile file;
    private final Bundle bundle;
    private @Nullable BundleReader reader;

    private BundlePeer(Path path, DiskFile file, Bundle bundle) {
        this.path = path;
        this.file = file;
        this.bundle = bundle;
    }

    /// Opens a bundle and reads what it says of itself; its file stays open until the peer is closed.
    ///
    /// @throws coppice.kernel.bytes.CorruptException when it is none, or damaged there
    public static BundlePeer open(Path path) {
        NamedFile named = NamedFile.toRead(path);
        DiskFile file = named.disk().open(named.name(), OpenMode.READ);
        try {
            return new BundlePeer(path, file, Bundle.read(file));
        } catch (RuntimeException refused) {
            file.close();
            throw refused;
        }
    }

    @Override
    public List<Bundle.Ref> refs() {
        return bundle.refs();
    }

    @Override
    public Map<String, byte[]> projections() {
        return Map.of();
    }

    @Override
    public long floor() {
        return bundle.floor();
    }

    @Override
    public List<Hash> prerequisites() {
        return bundle.prerequisites();
    }

    @Override
    public ChunkWalk.Source chunks(Chunks aside) {
        BundleReader opened = new BundleReader(file, aside);
        reader = opened;
        return hash -> {
            try {
                return opened.read(hash);
            } catch (StorageException gone) {
                throw PeerFailure.unavailable(path.toString(), gone);
            }
        };
    }

    @Override
    public PushOutcome receive(Offer offer, ChunkWalk.Source from, Flow flow) {
        throw new DatabaseException.Incorrect(
                        ErrorCode.NOT_A_DATABASE,
                        "'" + path + "' is a bundle, which cannot be pushed to: write another with bundles()")
                .with("location", path);
    }

    @Override
    public void finish() {
        BundleReader opened = reader;
        if (opened != null) {
            opened.finish(_ -> {});
        }
    }

    @Override
    public void close() {
        BundleReader opened = reader;
        if (opened != null) {
            opened.close();
        }
        file.close();
    }
}
