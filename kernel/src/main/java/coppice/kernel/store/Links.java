package coppice.kernel.store;

import java.util.Arrays;
import java.util.List;

/// Which chunk of some packs is the older version of which: chains, each chunk in at most one. Chunks are numbered
/// through all packs. 8 bytes of heap per chunk. Not thread-safe.
final class Links {
    private static final int NONE = -1;

    /// How far a chain is followed to see that it does not close: longer ones are not joined.
    private static final int STEPS_MAX = 4 * Group.CHUNKS_MAX;

    private final int[] firsts;
    private final int[] older;
    private final int[] newer;

    Links(List<Candidate> sources) {
        this.firsts = new int[sources.size() + 1];
        for (int i = 0; i < sources.size(); i++) {
            firsts[i + 1] = Math.addExact(firsts[i], sources.get(i).count());
        }
        this.older = new int[firsts[sources.size()]];
        this.newer = new int[older.length];
        Arrays.fill(older, NONE);
        Arrays.fill(newer, NONE);
    }

    /// The number of the first chunk of a source.
    int first(int source) {
        return firsts[source];
    }

    /// How many chunks there are in all sources.
    int count() {
        return older.length;
    }

    /// The source of a chunk.
    int source(int chunk) {
        int at = Arrays.binarySearch(firsts, chunk);
        return at >= 0 ? at : -at - 2;
    }

    /// The next older version, or -1.
    int older(int chunk) {
        return older[chunk];
    }

    /// The newest version.
    int newest(int chunk) {
        int at = chunk;
        while (newer[at] != NONE) {
            at = newer[at];
        }
        return at;
    }

    /// Links two chunks, unless the older one is linked to a newer already or the chain would close. When the newer one
    /// has an older version already, that comes behind all that comes with this one.
    void link(int olderChunk, int newerChunk) {
        if (newer[olderChunk] != NONE) {
            return;
        }
        int last = olderChunk;
        for (int steps = 0; older[last] != NONE; steps++) {
            if (last == newerChunk || steps == STEPS_MAX) {
                return;
            }
            last = older[last];
        }
        if (last == newerChunk) {
            return;
        }
        int behind = older[newerChunk];
        if (behind != NONE) {
            older[last] = behind;
            newer[behind] = last;
        }
        older[newerChunk] = olderChunk;
        newer[olderChunk] = newerChunk;
    }
}
