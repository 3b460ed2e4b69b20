package coppice.bench;

import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Options;
import coppice.api.structure.BlobOptions;
import coppice.api.structure.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Measures a blob of a kibibyte a row, which cannot be compressed, streamed in and out, beside a file that the
/// same bytes are written to, synced, and read from past the page cache: what the disk does in sequence.
final class Streaming {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int DISK_BYTES = 1 << 20;
    private static final int BLOCK_BYTES = 4_096;

    private final Trial trial;
    private final Meter meter;
    private final long length;

    Streaming(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
        this.length = trial.records() << 10;
    }

    void run() throws Exception {
        Path place = Directories.fresh(trial.directory(), "blob");
        Path file = place.resolve("bare");
        try (Database db = Coppice.open(
                place.resolve("coppice").toString(), Options.defaults().withMemoryBytes(trial.cacheBytes()))) {
            Blobs blobs = db.blobs("files");
            put(blobs, "warm", length);
            get(blobs, "warm");
            write(file, length);
            meter.settle();
            meter.start();
            double bareWrite = write(file, length);
            meter.start();
            double put = put(blobs, "large", length);
            meter.record(Metric.BLOB_PUT, put);
            meter.record(Metric.BLOB_PUT_TO_FILE, put / bareWrite);
            meter.settle();
            meter.start();
            double bareRead = read(file);
            double get = get(blobs, "large");
            meter.record(Metric.BLOB_GET, get);
            meter.record(Metric.BLOB_GET_TO_FILE, get / bareRead);
        }
    }

    /// Bytes of which nothing comes twice, made while they are read, for less than it costs to copy them.
    private static final class Noise extends InputStream {
        private long left;
        private long state;

        Noise(long length) {
            left = length;
            state = length | 1;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int most) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(most, left);
            ByteBuffer bytes = ByteBuffer.wrap(into, offset, count);
            while (bytes.remaining() >= Long.BYTES) {
                bytes.putLong(next());
            }
            while (bytes.hasRemaining()) {
                bytes.put((byte) next());
            }
            left -= count;
            return count;
        }

        /// Marsaglia's xorshift, 2003.
        private long next() {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            return state;
        }
    }

    /// Megabytes a second.
    private static double rate(long bytes, long began) {
        return bytes * 1e3 / (System.nanoTime() - began);
    }

    private static double put(Blobs blobs, String name, long bytes) throws IOException {
        long began = System.nanoTime();
        blobs.put(name, new Noise(bytes), BlobOptions.none());
        return rate(bytes, began);
    }

    private static double get(Blobs blobs, String name) throws IOException {
        long began = System.nanoTime();
        long bytes = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = blobs.open(name)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
            }
        }
        return rate(bytes, began);
    }

    private static double write(Path file, long bytes) throws IOException {
        long began = System.nanoTime();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = new Noise(bytes);
                FileChannel out = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                ByteBuffer piece = ByteBuffer.wrap(buffer, 0, count);
                while (piece.hasRemaining()) {
                    out.write(piece);
                }
            }
            out.force(false);
        }
        return rate(bytes, began);
    }

    /// Past the page cache. By its name: javac takes it for a part of the inside, though the JDK exports it.
    private static OpenOption direct() {
        try {
            return (OpenOption) Class.forName("com.sun.nio.file.ExtendedOpenOption")
                    .getField("DIRECT")
                    .get(null);
        } catch (ReflectiveOperationException other) {
            throw new IllegalStateException("This Java cannot read past the page cache", other);
        }
    }

    private static double read(Path file) throws IOException {
        long began = System.nanoTime();
        long bytes = 0;
        ByteBuffer buffer = ByteBuffer.allocateDirect(DISK_BYTES + BLOCK_BYTES).alignedSlice(BLOCK_BYTES);
        buffer.limit(DISK_BYTES);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ, direct())) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
                buffer.clear().limit(DISK_BYTES);
            }
        }
        return rate(bytes, began);
    }
}
