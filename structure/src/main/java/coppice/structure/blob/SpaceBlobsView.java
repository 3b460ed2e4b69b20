package coppice.structure.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.structure.BlobInfo;
import coppice.api.structure.BlobsView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Keys;
import coppice.api.structure.StructureInfo;
import coppice.structure.codec.Digests;
import coppice.structure.dump.Dump;
import coppice.structure.ground.KeyRanges;
import coppice.structure.ground.ReadGround;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/// Blobs over a space, to read: a row for each blob, a [BlobRow] under its name.
public class SpaceBlobsView implements BlobsView {
    private static final int ARRAY_MAX = Integer.MAX_VALUE - 8;

    final StructureInfo blobs;
    private final ReadGround ground;

    /// @param blobs what it is
    public SpaceBlobsView(StructureInfo blobs, ReadGround ground) {
        this.blobs = blobs;
        this.ground = ground;
    }

    @Override
    public String name() {
        return blobs.name();
    }

    @Override
    public Optional<BlobInfo> find(String blob) {
        return row(ground, blob).map(row -> row.info(blob));
    }

    private Optional<BlobRow> row(ReadGround state, String blob) {
        return state.space(name()).get(BlobKeys.row(blob)).map(stored -> decode(blob, stored));
    }

    final BlobRow decode(String blob, byte[] stored) {
        return BlobRow.decode(name(), blob, stored);
    }

    @Override
    public long count() {
        return ground.space(name()).count();
    }

    @Override
    public Stream<BlobInfo> list(Keys which) {
        return ground.still().space(name()).entries(KeyRanges.of(which)).map(row -> {
            String blob = new String(row.key(), UTF_8);
            return decode(blob, row.value()).info(blob);
        });
    }

    @Override
    public Optional<byte[]> get(String blob) {
        ReadGround still = ground.still();
        Optional<BlobRow> row = row(still, blob);
        if (row.filter(found -> found.size() > ARRAY_MAX).isPresent()) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_VALUE,
                            "The blob '" + blob + "' has " + row.get().size()
                                    + " bytes, which is too long for an array: open it, and read it as a stream")
                    .with("blob", blob);
        }
        return row.map(found -> read(blob, stream(still, blob, found, 0, found.size())));
    }

    private byte[] read(String blob, InputStream content) {
        try (content) {
            return content.readAllBytes();
        } catch (IOException missing) {
            throw incomplete(blob, missing);
        }
    }

    private DatabaseException incomplete(String blob, IOException missing) {
        return new DatabaseException.Incorrect(
                        ErrorCode.VALUE_MISFIT,
                        "The blob '" + blob + "' of '" + name() + "' is not complete, as a part of it was removed from"
                                + " the space '" + BlobKeys.space(name()) + "': put it anew",
                        missing)
                .with("blob", blob);
    }

    private InputStream stream(ReadGround still, String blob, BlobRow row, long offset, long length) {
        return new PartStream(still.space(BlobKeys.space(name())), blob, row.content(), offset, length);
    }

    @Override
    public InputStream open(String blob, long offset, long length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "A range begins at 0 or later and is not shorter than 0, not " + offset + " and " + length);
        }
        ReadGround still = ground.still();
        BlobRow row = row(still, blob).orElseThrow(() -> missing(blob));
        long begin = Math.min(offset, row.size());
        return stream(still, blob, row, begin, Math.min(length, row.size() - begin));
    }

    @Override
    public long dump(OutputStream out, DumpFormat format) throws IOException {
        ReadGround still = ground.still();
        long count = still.space(name()).count();
        try (Stream<Entry> rows = still.space(name()).entries(Range.all());
                DumpedBlobs items = new DumpedBlobs(
                        rows.map(row -> new DumpedBlobs.Row(row.keyText(), decode(row.keyText(), row.value())))
                                .iterator(),
                        one -> stream(still, one.blob(), one.row(), 0, one.row().size()))) {
            Dump.write(out, format, blobs, count, items);
        } catch (UncheckedIOException missing) {
            throw missing.getCause();
        }
        return count;
    }

    private DatabaseException missing(String blob) {
        return new DatabaseException.NotFound(
                        ErrorCode.UNKNOWN_BLOB, "There is no blob '" + blob + "' in '" + name() + "': see list()")
                .with("blob", blob);
    }

    @Override
    public boolean verify(String blob) {
        ReadGround still = ground.still();
        BlobRow row = row(still, blob).orElseThrow(() -> missing(blob));
        MessageDigest sha256 = Digests.sha256();
        try (InputStream content = new DigestInputStream(stream(still, blob, row, 0, row.size()), sha256)) {
            long size = content.transferTo(OutputStream.nullOutputStream());
            return size == row.size()
                    && HexFormat.of().formatHex(sha256.digest()).equals(row.sha256());
        } catch (IOException missing) {
            return false;
        }
    }
}
