package coppice.structure.blob;

import coppice.api.DatabaseException;
import coppice.api.Space;
import coppice.api.Transaction;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.structure.BlobChange;
import coppice.api.structure.BlobInfo;
import coppice.api.structure.BlobOptions;
import coppice.api.structure.Blobs;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.NamedLock;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.structure.dump.DumpReader;
import coppice.structure.ground.Contents;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Registered;
import coppice.structure.ground.RowFeed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Blobs over a space, to change.
public final class SpaceBlobs extends SpaceBlobsView implements Blobs {
    private final Ground ground;
    private final Registered registered;

    public SpaceBlobs(StructureInfo blobs, Ground ground) {
        super(blobs, ground);
        this.ground = ground;
        this.registered = Registered.of(ground, blobs);
    }

    @Override
    public NamedLock lock() {
        return ground.lock(name());
    }

    @Override
    public BlobInfo put(String blob, byte[] content, BlobOptions options) {
        try {
            return put(blob, new ByteArrayInputStream(content), options);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public BlobInfo put(String blob, InputStream content, BlobOptions options) throws IOException {
        Uploads uploads = new Uploads(name(), ground);
        String id = uploads.begin(blob);
        return storing(uploads, () -> {
            try (Content read = new Content(content)) {
                uploads.store(new Parts(blob, id, read));
                BlobRow row = new BlobRow(read.size(), read.sum(), ground.now(), options, id);
                write(uploads, Map.of(blob, row), LoadMode.ADD);
                return row.info(blob);
            }
        });
    }

    @Override
    public long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException {
        Uploads uploads = new Uploads(name(), ground);
        return storing(uploads, () -> {
            try (DumpReader dump = DumpReader.open(in, format, blobs.kind());
                    LoadedBlobs loaded = new LoadedBlobs(dump, uploads, ground.now())) {
                uploads.store(loaded);
                write(uploads, loaded.rows(), mode);
                return (long) loaded.rows().size();
            }
        });
    }

    private interface Storing<T> {
        T store() throws IOException;
    }

    /// What fails is taken back. Where that fails, too, it is done a day later.
    private static <T> T storing(Uploads uploads, Storing<T> body) throws IOException {
        try {
            return body.store();
        } catch (IOException | RuntimeException | Error failed) {
            try {
                uploads.takeBack();
            } catch (DatabaseException also) {
                failed.addSuppressed(also);
            }
            throw failed;
        }
    }

    /// Writes the rows of blobs whose contents are stored, in place of what there is.
    private void write(Uploads uploads, Map<String, BlobRow> rows, LoadMode mode) {
        boolean isThere = registered.update(transaction -> {
            if (!uploads.isThere(transaction)) {
                return false;
            }
            if (mode == LoadMode.REPLACE) {
                clear(transaction);
            }
            uploads.write(transaction);
            rows.forEach((blob, row) -> put(transaction, blob, row));
            return true;
        });
        if (!isThere) {
            throw new DatabaseException.Conflict(
                    "'" + name() + "' was dropped or renamed while contents were stored: begin again");
        }
    }

    private void put(Transaction transaction, String blob, BlobRow row) {
        Uploads.forget(transaction.space(BlobKeys.space(name())), BlobKeys.allParts(blob), row.content());
        transaction.space(name()).put(BlobKeys.row(blob), row.encode());
    }

    private void clear(Transaction transaction) {
        Contents.clear(transaction.space(name()));
        Uploads.forget(transaction.space(BlobKeys.space(name())), BlobKeys.allParts(), "");
    }

    @Override
    public boolean describe(String blob, BlobOptions options) {
        byte[] key = BlobKeys.row(blob);
        return registered.update(transaction -> {
            Space rows = transaction.space(name());
            Optional<BlobRow> before = rows.get(key).map(stored -> decode(blob, stored));
            before.map(row -> new BlobRow(row.size(), row.sha256(), row.putAt(), options, row.content()))
                    .ifPresent(row -> rows.put(key, row.encode()));
            return before.isPresent();
        });
    }

    @Override
    public boolean remove(String blob) {
        byte[] key = BlobKeys.row(blob);
        return registered.update(transaction -> {
            Space rows = transaction.space(name());
            boolean isThere = rows.contains(key);
            rows.delete(key);
            Uploads.forget(transaction.space(BlobKeys.space(name())), BlobKeys.allParts(blob), "");
            return isThere;
        });
    }

    @Override
    public void clear() {
        registered.update(transaction -> {
            clear(transaction);
            return true;
        });
    }

    @Override
    public void batched(Consumer<Blobs> body) {
        ground.attempt(transaction -> {
            body.accept(transaction.blobs(name()));
            return true;
        });
    }

    @Override
    public StructureFeed<BlobChange> watch(FeedStart from) {
        return feed(from);
    }

    @Override
    public Listening on(Consumer<? super BlobChange> callback) {
        return feed(FeedStart.now()).tell(callback);
    }

    private RowFeed<BlobChange> feed(FeedStart from) {
        return RowFeed.of(ground, name(), from, this::change, new BlobChange.Missed());
    }

    private BlobChange change(RowChange row) {
        String blob = row.keyText();
        return switch (row) {
            case RowChange.Added added ->
                new BlobChange.Put(decode(blob, added.after()).info(blob));
            case RowChange.Modified both ->
                new BlobChange.Put(decode(blob, both.after()).info(blob));
            case RowChange.Removed removed ->
                new BlobChange.Removed(decode(blob, removed.before()).info(blob));
        };
    }
}
