package coppice.kernel.tree;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/// Which nodes stay in memory: a queue with second chances (CLOCK; Corbato 1968), bounded in bytes. A hit writes
/// nothing but a mark that is not set yet, and takes no lock; only loading a node does.
///
/// Leaves go first. Inner nodes, which every read passes, go only when leaves take less than a quarter of the room,
/// and get more chances.
final class NodeCache {
    private static final byte LEAF_LIVES = 1;
    private static final byte INNER_LIVES = 3;
    private static final int FAIR_SHARE = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Link> leaves = new ArrayDeque<>();
    private final ArrayDeque<Link> inners = new ArrayDeque<>();
    private final long capacity;
    private long leafBytes;
    private long innerBytes;
    private long evictions;

    NodeCache(long capacity) {
        this.capacity = capacity;
    }

    /// The bytes that it may hold.
    long capacity() {
        return capacity;
    }

    static byte lives(Node node) {
        return node.isLeaf() ? LEAF_LIVES : INNER_LIVES;
    }

    /// Makes `link` lead to `node` and keeps it there until it is evicted. Returns the node that the link leads to:
    /// another thread's, if that was faster.
    ///
    /// @param passing a scan brings it: it stays only if there is room, rather than push out what is in use
    Node admit(Link link, Node node, boolean passing) {
        lock.lock();
        try {
            Node known = link.node;
            if (known != null) {
                return known;
            }
            int footprint = node.footprint();
            if (passing && node.isLeaf() && leafBytes + innerBytes + footprint > capacity) {
                return node;
            }
            link.node = node;
            account(link, node);
            evict();
            return node;
        } finally {
            lock.unlock();
        }
    }

    /// Keeps a node that was just written, under a link that leads to it already.
    void admitNew(Link link, Node node, boolean passing) {
        lock.lock();
        try {
            if (passing && node.isLeaf() && leafBytes + innerBytes + node.footprint() > capacity) {
                link.node = null;
                return;
            }
            account(link, node);
            evict();
        } finally {
            lock.unlock();
        }
    }

    private void account(Link link, Node node) {
        if (node.isLeaf()) {
            leaves.addLast(link);
            leafBytes += node.footprint();
        } else {
            inners.addLast(link);
            innerBytes += node.footprint();
        }
    }

    private void evict() {
        // Readers may set marks as fast as this clears them; the bound keeps one admission from turning for ever.
        int patience = 2 * leaves.size() + (INNER_LIVES + 1) * inners.size();
        while (leafBytes + innerBytes > capacity && patience > 0) {
            boolean fromLeaves = !leaves.isEmpty() && (inners.isEmpty() || leafBytes > capacity / FAIR_SHARE);
            ArrayDeque<Link> queue = fromLeaves ? leaves : inners;
            Link link = queue.pollFirst();
            if (link == null) {
                return;
            }
            Node node = link.node;
            if (node != null && link.lives > 0) {
                link.lives--;
                queue.addLast(link);
            } else if (node != null) {
                link.node = null;
                evictions++;
                if (fromLeaves) {
                    leafBytes -= node.footprint();
                } else {
                    innerBytes -= node.footprint();
                }
            }
            patience--;
        }
    }

    /// Figures of this moment.
    ///
    /// @param misses how many nodes were loaded
    CacheStatistics statistics(long misses) {
        lock.lock();
        try {
            long nodes = (long) leaves.size() + inners.size();
            return new CacheStatistics(capacity, leafBytes + innerBytes, nodes, misses, evictions);
        } finally {
            lock.unlock();
        }
    }
}
