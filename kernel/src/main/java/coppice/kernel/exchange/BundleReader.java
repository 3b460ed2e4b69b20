package coppice.kernel.exchange;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.PackStore;
import coppice.kernel.store.RecordReader;
import coppice.kernel.tree.ChunkWalk;
import java.util.function.LongConsumer;

/// Reads a bundle from its beginning to its end, once. As a source of an [Intake] it is read in the order in which
/// it was written; what comes earlier than asked for goes into the store. Not thread-safe.
public final class BundleReader implements ChunkWalk.Source, AutoCloseable {
    private final DiskFile file;
    private final Bundle bundle;
    private final RecordReader records;
    private final Chunks aside;
    private long chunks;

    /// @param file stays the caller's
    /// @param aside takes chunks that are not asked for when they come
    /// @throws CorruptException when it is no bundle, or was cut short or altered
    /// @throws coppice.kernel.bytes.FormatVersionException when a newer program wrote it
    public BundleReader(DiskFile file, Chunks aside) {
        this.file = file;
        this.bundle = Bundle.read(file);
        this.records = new RecordReader(file, file.size() - bundle.bytes(), file.size());
        this.aside = aside;
    }

    /// What the bundle says of itself.
    public Bundle bundle() {
        return bundle;
    }

    /// {@inheritDoc}
    ///
    /// @throws CorruptException when a chunk before it is damaged, or there is none of this name up to the end
    @Override
    public byte[] read(Hash hash) {
        advance(hash);
        return records.chunk();
    }

    @Override
    public byte[] bring(Hash hash, Chunks into) {
        advance(hash);
        keep(into);
        return records.chunk();
    }

    private void keep(Chunks into) {
        if (into instanceof PackStore packs) {
            packs.writeStored(records.stored());
        } else {
            into.writeShared(records.hash(), records.chunk());
        }
    }

    private boolean next() {
        try {
            return records.next();
        } catch (CorruptException damage) {
            throw damage.advising(Bundle.ADVICE);
        }
    }

    private void advance(Hash hash) {
        while (next()) {
            chunks++;
            if (records.hash().equals(hash)) {
                return;
            }
            keep(aside);
        }
        throw new CorruptException(
                        file.path(), file.size(), "chunk " + hash + ", which belongs to it", "the end of the bundle")
                .advising(Bundle.ADVICE);
    }

    /// Reads on to the end and checks all that is there.
    ///
    /// @param progress told after each chunk how many there have been
    /// @throws CorruptException when something is damaged, or the number of chunks is not what the bundle says
    public void finish(LongConsumer progress) {
        while (next()) {
            chunks++;
            progress.accept(chunks);
        }
        if (chunks != bundle.chunks()) {
            throw new CorruptException(file.path(), file.size(), bundle.chunks() + " chunks", "" + chunks)
                    .advising(Bundle.ADVICE);
        }
    }

    /// Frees memory; the file stays open.
    @Override
    public void close() {
        records.close();
    }
}
