package coppice.kernel.tree;

import coppice.kernel.bytes.Hash;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The roots of the trees that were loaded or written last. Whoever loads one of these trees again gets the very
/// node, and with it the way to all nodes below that are in memory; a root that is read anew leads to none. Safe
/// for all threads.
final class RootCache {
    /// Of the memory for nodes, the part that roots may take on top.
    private static final int SHARE = 16;

    private final long capacity;
    private final Map<Hash, Node> roots = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /// @param cacheBytes the memory for other nodes
    RootCache(long cacheBytes) {
        this.capacity = cacheBytes / SHARE;
    }

    synchronized @Nullable Node find(Hash hash) {
        return roots.get(hash);
    }

    /// Keeps a root and returns the one to use: another thread's, if that was faster.
    synchronized Node keep(Hash hash, Node root) {
        Node known = roots.putIfAbsent(hash, root);
        if (known != null) {
            return known;
        }
        bytes += root.footprint();
        var eldest = roots.values().iterator();
        while (bytes > capacity && eldest.hasNext()) {
            bytes -= eldest.next().footprint();
            eldest.remove();
        }
        return root;
    }
}
