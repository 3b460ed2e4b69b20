package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// New packs that take records as they are, one after the other; each is sealed and synced when it is full. Not
/// thread-safe.
final class PackOutput {
    private static final int BUFFER_BYTES = 256 << 10;

    /// To copy so much takes less than a writer waits anyway.
    private static final int STRETCH_BYTES = 32 << 10;

    /// Synced in small portions, so that the syncs of others do not wait for a large one.
    private static final int SYNC_BYTES = 4 << 20;

    private final PackFolder folder;
    private final long packBytes;
    private final int packChunks;
    private final LongSupplier newId;
    private final LongConsumer pace;
    private final List<Pack> done = new ArrayList<>();
    private final List<Hash> hashes = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;
    private int sincePause;
    private long chunksSincePause;
    private long syncedLength;
    private @Nullable PackWriter writer;

    /// @param packBytes how long a pack becomes
    /// @param packChunks how many chunks it holds at most
    /// @param pace told once per some ten KiB how many chunks came since, to rest or to give up by an exception
    PackOutput(PackFolder folder, long packBytes, int packChunks, LongSupplier newId, LongConsumer pace) {
        this.folder = folder;
        this.packBytes = packBytes;
        this.packChunks = packChunks;
        this.newId = newId;
        this.pace = pace;
    }

    /// Appends the record of one chunk.
    void append(byte[] record, Hash name) {
        if (filled + record.length > buffer.length) {
            flush();
            buffer = record.length > buffer.length ? new byte[record.length] : buffer;
        }
        System.arraycopy(record, 0, buffer, filled, record.length);
        filled += record.length;
        hashes.add(name);
        ends.add(filled);
        rest(record.length, 1);
    }

    /// Appends the record of a group of chunks.
    void appendGroup(byte[] record, List<Hash> names) {
        flush();
        writer(names.size(), record.length).appendGroup(record, names);
        rest(PackRecord.rawLength(record, 0), names.size());
    }

    private void rest(int bytes, int chunks) {
        sincePause += bytes;
        chunksSincePause += chunks;
        if (sincePause >= STRETCH_BYTES) {
            pace.accept(chunksSincePause);
            sincePause = 0;
            chunksSincePause = 0;
            PackWriter now = writer;
            if (now != null && now.length() - syncedLength >= SYNC_BYTES) {
                now.pack().sync(now.length());
                syncedLength = now.length();
            }
        }
    }

    /// Whether groups can still be appended; see [Place].
    boolean takesGroups() {
        PackWriter now = writer;
        return now == null || now.takesGroups();
    }

    private void flush() {
        if (filled > 0) {
            writer(hashes.size(), filled)
                    .append(
                            new Records(
                                    buffer, ends.stream().mapToInt(end -> end).toArray()),
                            hashes);
            hashes.clear();
            ends.clear();
            filled = 0;
        }
    }

    private PackWriter writer(int records, int bytes) {
        PackWriter now = writer;
        if (now != null && !now.hasRoom(packBytes, packChunks, records, bytes)) {
            complete(now);
            now = null;
        }
        if (now == null) {
            now = PackWriter.create(folder, newId.getAsLong());
            writer = now;
        }
        return now;
    }

    private void complete(PackWriter full) {
        Pack pack = full.pack();
        done.add(pack);
        writer = null;
        syncedLength = 0;
        pack.seal();
        pack.sync(pack.length());
    }

    /// The packs, with everything in them durable.
    List<Pack> finish() {
        flush();
        PackWriter last = writer;
        if (last != null) {
            complete(last);
        }
        folder.sync();
        return List.copyOf(done);
    }

    /// Deletes what has been written.
    void abandon() {
        PackWriter last = writer;
        if (last != null) {
            last.pack().drop();
        }
        done.forEach(Pack::drop);
    }
}
