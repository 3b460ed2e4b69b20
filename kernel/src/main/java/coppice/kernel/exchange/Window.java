package coppice.kernel.exchange;

import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MarkSet;
import java.util.function.Predicate;

/// Tells chunks that a walk has met before from new ones, in bounded memory: it forgets all when it is full, and
/// then a chunk may be met twice, which costs a little and harms nothing.
final class Window implements Predicate<Hash> {
    /// 24 to 48 bytes of heap each.
    private static final int CHUNKS_MAX = 1 << 19;

    private MarkSet seen = new MarkSet();
    private long met;

    @Override
    public boolean test(Hash hash) {
        if (seen.count() >= CHUNKS_MAX) {
            seen = new MarkSet();
        }
        boolean isNew = seen.add(hash);
        met += isNew ? 1 : 0;
        return isNew;
    }

    /// How many were new.
    long met() {
        return met;
    }
}
