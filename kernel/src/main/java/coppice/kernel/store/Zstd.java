package coppice.kernel.store;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The one class that touches the native library: contexts (some 100 KiB of native memory each) are reused,
/// at most a few are kept. Thread-safe.
final class Zstd implements AutoCloseable {
    private static final int KEPT = 4;
    private static final int FAST_LEVEL = -1;
    private static final int DENSE_LEVEL = 1;
    private static final int SAMPLE_EVERY = 64;
    private static final int GROUP_LEVEL = 6;
    private static final int LONG_BYTES = 16 << 10;
    private static final int VAIN_AT_MOST = 16;
    private static final int VAIN_TRIED_OF = 8;

    private final ArrayBlockingQueue<Compressor> compressors = new ArrayBlockingQueue<>(KEPT);
    private final AtomicReferenceArray<@Nullable ZstdDecompressCtx> decompressors = new AtomicReferenceArray<>(KEPT);

    private volatile boolean closed;

    private Zstd() {}

    /// Loads the native library and tries it.
    static Zstd load() {
        Zstd zstd = new Zstd();
        zstd.giveBack(new ZstdDecompressCtx());
        return zstd;
    }

    /// The most bytes that compressing `length` bytes can take (`ZSTD_COMPRESSBOUND` in zstd.h, and at least
    /// that here).
    static int bound(int length) {
        return length + (length >> 8) + 128;
    }

    /// A compressor for this setting, to be given back after use.
    Compressor borrow(Compression compression) {
        Compressor kept = compressors.poll();
        return kept != null ? kept : new Compressor(compression);
    }

    /// Compresses a group of chunks, of which `length` bytes stand in `from`, at `at`, behind which there is
    /// room for [#bound] bytes; returns the frame's length.
    int compressGroup(byte[] from, int length, byte[] into, int at) {
        try (ZstdCompressCtx context = context(GROUP_LEVEL)) {
            return context.compressByteArray(into, at, into.length - at, from, 0, length);
        }
    }

    private static ZstdCompressCtx context(int level) {
        return new ZstdCompressCtx().setLevel(level).setContentSize(true).setChecksum(false);
    }

    /// Decompresses one frame into the first `room` bytes of `chunk`. Returns the number of bytes that the frame
    /// holds, or -1 when it is none or holds more.
    int decompress(byte[] from, int offset, int length, byte[] chunk, int room) {
        ZstdDecompressCtx kept = kept();
        ZstdDecompressCtx context = kept != null ? kept : new ZstdDecompressCtx();
        try {
            return context.decompressByteArray(chunk, 0, room, from, offset, length);
        } catch (ZstdException _) {
            return -1;
        } finally {
            giveBack(context);
        }
    }

    /// Without a lock: this is asked for each chunk that is read.
    private @Nullable ZstdDecompressCtx kept() {
        for (int slot = 0; slot < KEPT; slot++) {
            ZstdDecompressCtx kept = decompressors.get(slot) == null ? null : decompressors.getAndSet(slot, null);
            if (kept != null) {
                return kept;
            }
        }
        return null;
    }

    private void giveBack(ZstdDecompressCtx context) {
        for (int slot = 0; slot < KEPT && !closed; slot++) {
            if (decompressors.compareAndSet(slot, null, context)) {
                if (closed) {
                    free(); // nobody else may do that any more
                }
                return;
            }
        }
        context.close();
    }

    private void free() {
        for (ZstdDecompressCtx next = kept(); next != null; next = kept()) {
            next.close();
        }
    }

    /// Frees the native memory; what is in use right now follows when it is given back.
    @Override
    public void close() {
        closed = true;
        for (Compressor next = compressors.poll(); next != null; next = compressors.poll()) {
            next.free();
        }
        free();
    }

    /// Compresses chunks at one level, or at the one of two that pays. Not thread-safe.
    final class Compressor {
        private final ZstdCompressCtx first;
        private final @Nullable ZstdCompressCtx dense;
        private int sinceSample = SAMPLE_EVERY;
        private boolean densePays;
        private int inVain; // how many long chunks in a row did not get short enough

        private Compressor(Compression compression) {
            switch (compression) {
                case Compression.None _ -> throw new IllegalArgumentException("No compression needs no compressor");
                case Compression.Zstd(int level) -> {
                    first = context(level);
                    dense = null;
                }
                case Compression.Adaptive _ -> {
                    first = context(FAST_LEVEL);
                    dense = context(DENSE_LEVEL);
                }
            }
        }

        /// Writes a frame at `at`, behind which there is room for [#bound] bytes; returns its length. Where many
        /// long chunks in a row were tried in vain, as those of films are, few of the next are tried.
        ///
        /// @param most a frame that is longer is of no use
        int compress(byte[] chunk, byte[] into, int at, int most) {
            if (chunk.length < LONG_BYTES) {
                return compress(chunk, into, at);
            }
            boolean isTried = inVain < VAIN_AT_MOST || inVain % VAIN_TRIED_OF == 0;
            int length = isTried ? compress(chunk, into, at) : most + 1;
            inVain = length <= most ? 0 : inVain + 1;
            return length;
        }

        private int compress(byte[] chunk, byte[] into, int at) {
            if (dense == null) {
                return run(first, chunk, into, at);
            }
            if (++sinceSample < SAMPLE_EVERY) {
                return run(densePays ? dense : first, chunk, into, at);
            }
            sinceSample = 0;
            int fast = run(first, chunk, into, at);
            int small = run(dense, chunk, into, at);
            densePays = small < fast - fast / 32;
            return small;
        }

        private static int run(ZstdCompressCtx context, byte[] chunk, byte[] into, int at) {
            return context.compressByteArray(into, at, into.length - at, chunk, 0, chunk.length);
        }

        /// Keeps the compressor for the next use.
        void giveBack() {
            if (closed || !compressors.offer(this)) {
                free();
            }
        }

        private void free() {
            first.close();
            if (dense != null) {
                dense.close();
            }
        }
    }
}
