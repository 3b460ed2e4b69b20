package coppice.engine.upkeep;

import coppice.engine.live.Branches;
import coppice.engine.live.Settings;
import coppice.engine.past.ChangeIndexing;
import coppice.engine.storage.Storage;
import coppice.kernel.bytes.Hash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings the index of changed keys forward beside the work, and remembers it in the settings.
///
/// Its chunks are made durable before the setting that names them. A crash in between, or before the setting is
/// durable, leaves an older index, or none, and some chunks for the next sweep.
public final class Indexing {
    /// How often it is asked whether the index is to go forward.
    public static final Duration PERIOD = Duration.ofMillis(250);

    /// Fewer commits than these are left to be asked directly: about as many as fit into the time of a query...
    private static final int COMMITS_MIN = 128;

    /// ...unless they may be large: so much of the journal later they are indexed while their trees, and those of
    /// their parents, are still in memory.
    private static final long BYTES_MIN = 1 << 20;

    /// The area of the settings that names the index.
    public static final String AREA = "index";

    /// The key in that area.
    public static final String KEY = "changed keys";

    private final ChangeIndexing index;
    private final Storage storage;
    private final Branches branches;
    private final Checkpoint checkpoint;
    private final Settings settings;
    private long seen = -1;
    /// Where the journal was when the index went forward last, or had nothing to go on to.
    private long indexed;

    public Indexing(Storage storage, Branches branches, Checkpoint checkpoint, Settings settings) {
        this.storage = storage;
        this.branches = branches;
        this.checkpoint = checkpoint;
        this.settings = settings;
        this.indexed = storage.journal().appended();
        this.index = new ChangeIndexing(
                storage.nodes(), storage.history(), storage.roots(), storage.folds(), () -> settings.find(AREA, KEY));
    }

    /// The index itself.
    public ChangeIndexing index() {
        return index;
    }

    /// Runs by the clock: looks whether refs may have moved, and whether enough commits are new.
    public void run() {
        long now = storage.journal().appended();
        if (now == seen) {
            return;
        }
        try {
            boolean isMuch = now - indexed >= BYTES_MIN;
            boolean isForward = index.advance(heads(), isMuch ? 1 : COMMITS_MIN, this::remember);
            seen = now;
            indexed = isMuch || isForward ? now : indexed;
        } catch (RuntimeException e) {
            // Nobody waits for it. The next run begins where this one ended, and queries do without.
        }
    }

    /// Throws the index away, durably.
    ///
    /// @param beside what else the settings get at once, by area and key
    /// @param then what makes it wrong
    public void forget(Map<String, Map<String, Optional<byte[]>>> beside, Runnable then) {
        Map<String, Map<String, Optional<byte[]>>> all = new HashMap<>(beside);
        all.put(AREA, Map.of(KEY, Optional.empty()));
        index.forget(() -> {
            settings.putAll(all);
            then.run();
        });
    }

    private List<Hash> heads() {
        List<Hash> heads = new ArrayList<>();
        branches.list("").forEach(ref -> {
            Hash commit = ref.value().commit();
            if (commit != null) {
                heads.add(commit);
            }
        });
        return heads;
    }

    private void remember() {
        checkpoint.keepChunks();
        settings.put(AREA, KEY, index.encoded());
    }
}
