package coppice.structure.blob;

import coppice.api.Cursor;
import coppice.api.DatabaseException;
import coppice.api.Space;
import coppice.api.Transaction;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.structure.BlobChange;
import coppice.api.structure.BlobInfo;
import coppice.api.structure.BlobOptions;
import coppice.api.structure.Blobs;
import coppice.api.structure.Listening;
import coppice.api.structure.NamedLock;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.structure.ground.Contents;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Registered;
import coppice.structure.ground.RowFeed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
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
        BlobKeys.row(blob);
        Uploads upload = new Uploads(name(), blob, ground.stamp());
        try {
            return put(blob, upload, upload.store(content, ground), options);
        } catch (IOException | RuntimeException | Error failed) {
            takeBack(upload, failed);
            throw failed;
        }
    }

    private BlobInfo put(String blob, Uploads upload, Uploads.Stored stored, BlobOptions options) {
        BlobRow row = new BlobRow(stored.size(), stored.sha256(), ground.now(), options, upload.id());
        step(transaction -> {
            upload.write(transaction, stored);
            forget(transaction.space(BlobKeys.space(name())), blob, upload.id());
            transaction.space(name()).put(BlobKeys.row(blob), row.encode());
        });
        return row.info(blob);
    }

    /// Where that fails, too, it is done a day later.
    private void takeBack(Uploads upload, Throwable failed) {
        try {
            step(upload::takeBack);
        } catch (DatabaseException also) {
            failed.addSuppressed(also);
        }
    }

    private void step(Consumer<Transaction> body) {
        registered.update(transaction -> {
            body.accept(transaction);
            return true;
        });
    }

    /// Removes the parts of all contents of a blob but one, also what a merge left. Those that are being put stay.
    private static void forget(Space beside, String blob, String except) {
        List<byte[]> keys = new ArrayList<>();
        try (Cursor cursor = beside.scan(BlobKeys.allParts(blob))) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                String id = BlobKeys.id(key);
                if (!id.equals(except) && !beside.contains(BlobKeys.upload(id))) {
                    keys.add(key);
                }
            }
        }
        keys.forEach(beside::delete);
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
            forget(transaction.space(BlobKeys.space(name())), blob, "");
            return isThere;
        });
    }

    @Override
    public void clear() {
        registered.update(transaction -> {
            Contents.clear(transaction.space(name()));
            Contents.clear(transaction.space(BlobKeys.space(name())));
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
