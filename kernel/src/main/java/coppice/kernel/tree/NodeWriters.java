package coppice.kernel.tree;

import java.util.concurrent.ArrayBlockingQueue;

/// Writers that trees were written with, kept for the next ones: their buffers would be most of what a small change
/// allocates. A few of them, of 5 to 20 KiB each. Thread-safe.
final class NodeWriters {
    /// As many levels as a few trees have that are written at the same time.
    private static final int KEPT = 16;

    private final ArrayBlockingQueue<NodeWriter> leaves = new ArrayBlockingQueue<>(KEPT);
    private final ArrayBlockingQueue<NodeWriter> inner = new ArrayBlockingQueue<>(KEPT);

    private ArrayBlockingQueue<NodeWriter> of(int level) {
        return level == 0 ? leaves : inner;
    }

    /// An empty writer, the caller's until it is given back.
    NodeWriter take(int level) {
        NodeWriter kept = of(level).poll();
        return kept == null ? new NodeWriter(level) : kept.at(level);
    }

    /// Takes a writer that nobody uses any more.
    void giveBack(NodeWriter writer) {
        writer.clear();
        var _ = of(writer.level()).offer(writer);
    }
}
