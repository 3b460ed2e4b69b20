package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Copies the live chunks of some packs, as they are stored, into one new pack that is sealed and durable at
/// the end. Reads in file order. Needs 8 bytes per live chunk of the pack at hand.
final class PackRewriter {
    private static final int COPY_BYTES = 256 << 10;

    private final PackFolder folder;
    private final LongSupplier newId;

    PackRewriter(PackFolder folder, LongSupplier newId) {
        this.folder = folder;
        this.newId = newId;
    }

    /// Copies from packs that the caller holds. Returns null when nothing in them is live. Leaves nothing
    /// behind when it fails.
    @Nullable
    Pack copy(Collection<Pack> packs, LiveChunks live) {
        Copy copy = new Copy();
        boolean complete = false;
        try {
            for (Pack pack : packs) {
                copy.all(pack, live);
            }
            Pack result = copy.finish();
            complete = true;
            return result;
        } finally {
            if (!complete) {
                copy.abandon();
            }
        }
    }

    private final class Copy {
        private final List<Hash> hashes = new ArrayList<>();
        private final List<Integer> ends = new ArrayList<>();
        private byte[] buffer = new byte[COPY_BYTES];
        private int filled;
        private @Nullable PackWriter writer;

        void all(Pack pack, LiveChunks live) {
            for (long place : livePlaces(pack, live)) {
                byte[] record = pack.readRecord(place);
                if (filled + record.length > buffer.length) {
                    flush();
                    buffer = record.length > buffer.length ? new byte[record.length] : buffer;
                }
                System.arraycopy(record, 0, buffer, filled, record.length);
                filled += record.length;
                hashes.add(PackRecord.hash(record, 0));
                ends.add(filled);
            }
        }

        private void flush() {
            if (filled > 0) {
                PackWriter to = writer;
                if (to == null) {
                    to = PackWriter.create(folder, newId.getAsLong());
                    writer = to;
                }
                to.append(new Records(buffer, ends.stream().mapToInt(end -> end).toArray()), hashes);
                hashes.clear();
                ends.clear();
                filled = 0;
            }
        }

        @Nullable
        Pack finish() {
            flush();
            if (writer == null) {
                return null;
            }
            Pack pack = writer.pack();
            pack.seal();
            pack.sync(pack.length());
            folder.sync();
            return pack;
        }

        void abandon() {
            if (writer != null) {
                writer.pack().drop();
            }
        }
    }

    private static long[] livePlaces(Pack pack, LiveChunks live) {
        long[] places = new long[pack.index().count()];
        int[] count = {0};
        pack.index().forEach((hash, place) -> {
            if (live.isLive(hash)) {
                places[count[0]++] = place;
            }
        });
        long[] found = Arrays.copyOf(places, count[0]);
        // The offset is in the upper bits.
        Arrays.sort(found);
        return found;
    }
}
