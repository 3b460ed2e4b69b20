package coppice.kernel.store;

import coppice.kernel.platform.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes durable what is appended to packs while much is written, beside whoever writes, so that the disk works
/// meanwhile and little is left for [PackStore#sync()] at the end. A sync that fails is told by the next write to
/// the store. Not thread-safe.
public final class SyncAhead {
    private static final long EVERY_BYTES = 64L << 20;

    private final PackStore store;
    private final long everyBytes;
    private long bytes;
    private @Nullable Task last;

    public SyncAhead(PackStore store) {
        this(store, EVERY_BYTES);
    }

    SyncAhead(PackStore store, long everyBytes) {
        this.store = store;
        this.everyBytes = everyBytes;
    }

    /// Says that more was written. Waits for nothing.
    public void wrote(long more) {
        bytes += more;
        Task running = last;
        if (bytes >= everyBytes && (running == null || running.ended())) {
            bytes = 0;
            last = store.tasks().start("coppice-sync", this::sync);
        }
    }

    private void sync() {
        List<Pack> held = store.list().packs().stream().filter(Pack::hold).toList();
        try {
            held.forEach(store::syncAhead);
        } finally {
            held.forEach(Pack::release);
        }
    }
}
