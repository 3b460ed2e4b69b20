package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// A sealed pack under the broom, with one bit per chunk that says whether it is live. Held until [#release]. Marking
/// is for one thread at a time.
final class Candidate {
    private final Pack pack;
    private final long @Nullable [] live;
    private final int generation;
    private @Nullable BitSet moved;
    private boolean released;
    private long liveChunks;
    private long liveBytes;
    /// What putting versions together would win in this pack and others.
    private long versionBytes;
    /// Bytes of chunks of this pack that would be stored with versions elsewhere, or as differences.
    private long movingBytes;

    private Candidate(Pack pack, long @Nullable [] live) {
        this.pack = pack;
        this.live = live;
        this.generation = pack.generation();
    }

    /// A pack of which nothing is known to be live yet.
    static Candidate unmarked(Pack pack) {
        return new Candidate(pack, new long[Math.ceilDiv(pack.index().count(), Long.SIZE)]);
    }

    /// A pack of which everything is to be kept.
    static Candidate whole(Pack pack) {
        Candidate whole = new Candidate(pack, null);
        whole.liveChunks = pack.index().count();
        whole.liveBytes = pack.length() - PackHeader.LENGTH;
        return whole;
    }

    Pack pack() {
        return pack;
    }

    /// The generation that the pack had when the sweep began.
    int generation() {
        return generation;
    }

    int count() {
        return pack.index().count();
    }

    /// The number of a chunk's entry, or -1.
    int entry(Hash hash) {
        return pack.index().mayHold(hash) ? pack.index().entry(hash) : -1;
    }

    /// Marks an entry; returns whether it was not marked before.
    boolean mark(int entry) {
        if (live == null) {
            return false;
        }
        long bit = 1L << entry;
        int word = entry >>> 6;
        boolean isNew = (live[word] & bit) == 0;
        live[word] |= bit;
        return isNew;
    }

    boolean isLive(int entry) {
        return live == null || (live[entry >>> 6] & 1L << entry) != 0;
    }

    /// Whether rewriting the pack has to keep an entry.
    boolean isKept(int entry) {
        return isLive(entry) && (moved == null || !moved.get(entry));
    }

    /// Marks what `which` says is live. Reads the whole pack.
    void markAll(LiveChunks which, ChunkCodec codec) {
        PackScan.scan(
                pack.file(),
                pack.length(),
                codec,
                (hash, _, _) -> {
                    if (which.isLive(hash)) {
                        mark(entry(hash));
                    }
                },
                _ -> {});
    }

    /// Counts what is live. Reads the whole index.
    void survey() {
        long[] sums = new long[5];
        pack.index().forEach((_, _, place) -> {
            boolean lives = isLive((int) sums[0]++);
            if (Place.isInGroup(place)) {
                sums[3]++;
                sums[4] += lives ? 1 : 0;
            } else {
                sums[1] += Place.length(place);
                sums[2] += lives ? Place.length(place) : 0;
            }
            liveChunks += lives ? 1 : 0;
        });
        // The bytes of groups are taken as shared equally.
        long grouped = pack.length() - PackHeader.LENGTH - sums[1];
        liveBytes = sums[2] + (sums[3] == 0 ? 0 : (long) ((double) grouped * sums[4] / sums[3]));
    }

    long liveChunks() {
        return liveChunks;
    }

    long liveBytes() {
        return liveBytes;
    }

    boolean hasDead() {
        return liveChunks < count();
    }

    /// Says that nothing is known of versions.
    void forgetVersions() {
        versionBytes = 0;
        movingBytes = 0;
    }

    /// Counts a live chunk that lies alone although it has a newer version, when one of the two is here.
    ///
    /// @param isNewer whether this pack has the newer one, to which the older one would come
    void addVersion(int bytes, boolean isNewer) {
        versionBytes += bytes;
        movingBytes += isNewer ? bytes : 0;
    }

    /// Says that a chunk has been copied: the pack need not keep it.
    void moved(int entry) {
        BitSet now = moved;
        if (now == null) {
            now = new BitSet(count());
            moved = now;
        }
        now.set(entry);
    }

    /// The bytes that rewriting the pack would write, about. Of two versions in two packs, the newer one is taken for
    /// written with the older.
    long expectedBytes() {
        return Math.max(0, liveBytes - movingBytes);
    }

    /// The share of the pack that rewriting it would win, about: here, or where a version of a chunk is.
    double waste() {
        return 1 - (double) (liveBytes - versionBytes) / (pack.length() - PackHeader.LENGTH);
    }

    /// Ends the hold of the pack. Idempotent.
    void release() {
        if (!released) {
            released = true;
            pack.release();
        }
    }
}
