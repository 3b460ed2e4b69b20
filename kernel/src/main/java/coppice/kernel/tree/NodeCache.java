package coppice.kernel.tree;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/// Which nodes stay in memory: a queue with second chances (CLOCK; Corbato 1968), bounded in bytes. A hit writes
/// nothing but a mark that is not set yet, and takes no lock; only loading a node does.
///
/// While nodes of which there is a newer version ([#replaced]) take more than half of the room, they go first: the
/// last ones may still be compared with, or read on another branch. Then leaves: inner nodes, which every read passes,
/// go only when leaves take less than a quarter of the room, and get more chances.
final class NodeCache {
    static final byte LEAF_LIVES = 1;
    private static final byte INNER_LIVES = 3;
    private static final int FAIR_SHARE = 4;
    private static final int OLD_SHARE = 2;
    /// So many more links than leaves are kept before those that lead nowhere are dropped.
    private static final int SPARE = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Link> leaves = new ArrayDeque<>();
    private final ArrayDeque<Link> inners = new ArrayDeque<>();
    /// What has been replaced. It is in the other queues too.
    private final ArrayDeque<Link> old = new ArrayDeque<>();

    private int leafCount;
    private int innerCount;
    private final long capacity;
    private long leafBytes;
    private long innerBytes;
    private long oldBytes;
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

    /// Puts a leaf beside its neighbours under a parent, unless it is beside those of another that is in use. Does
    /// nothing while another thread is at work here: who reads the leaf next asks again.
    void gather(Node parent, int entry) {
        if (!lock.tryLock()) {
            return;
        }
        try {
            Link link = parent.link(entry);
            Node leaf = link.node;
            if (leaf != null && link.isFree() && parent.takesLeaves()) {
                link.join(parent.leaves(), entry, leaf);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Says that a node was replaced in a newer tree: it goes before others, unless somebody reads it meanwhile.
    void replaced(Link link) {
        lock.lock();
        try {
            if (link.node != null && !link.old) {
                link.old = true;
                link.forgetUse();
                link.node.releaseLeaves();
                oldBytes += link.node.footprint();
                old.addLast(link);
            }
        } finally {
            lock.unlock();
        }
    }

    private void account(Link link, Node node) {
        oldBytes += link.old ? node.footprint() : 0;
        if (node.isLeaf()) {
            leaves.addLast(link);
            leafCount++;
            leafBytes += node.footprint();
        } else {
            inners.addLast(link);
            innerCount++;
            innerBytes += node.footprint();
        }
    }

    private void evict() {
        while (leafBytes + innerBytes > capacity && oldBytes > capacity / OLD_SHARE) {
            Link link = old.removeFirst();
            Node node = link.node;
            if (node != null && !link.isUsed()) {
                letGo(link, node);
            } else if (node != null) {
                oldBytes -= node.footprint();
            }
            link.old = false;
        }
        tidy(leaves, leafCount);
        tidy(inners, innerCount);
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
            if (node != null && link.spendLife()) {
                queue.addLast(link);
            } else if (node != null) {
                letGo(link, node);
            }
            patience--;
        }
    }

    /// Drops links that lead nowhere when they are many.
    private static void tidy(ArrayDeque<Link> queue, int count) {
        if (queue.size() > 2 * count + SPARE) {
            queue.removeIf(link -> link.node == null);
        }
    }

    private void letGo(Link link, Node node) {
        link.node = null;
        link.part();
        node.releaseLeaves();
        evictions++;
        oldBytes -= link.old ? node.footprint() : 0;
        if (node.isLeaf()) {
            leafBytes -= node.footprint();
            leafCount--;
        } else {
            innerBytes -= node.footprint();
            innerCount--;
        }
    }

    /// Figures of this moment.
    ///
    /// @param misses how many nodes were loaded
    CacheStatistics statistics(long misses) {
        lock.lock();
        try {
            long nodes = (long) leafCount + innerCount;
            return new CacheStatistics(capacity, leafBytes + innerBytes, nodes, misses, evictions);
        } finally {
            lock.unlock();
        }
    }
}
