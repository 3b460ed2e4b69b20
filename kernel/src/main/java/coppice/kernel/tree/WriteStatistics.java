package coppice.kernel.tree;

/// Counts what writing trees cost. Hand one to an operation, or the same one to several; then read it. Not
/// thread-safe.
public final class WriteStatistics {
    private long rowsChanged;
    private long nodesRead;
    private long nodesWritten;
    private long bytesWritten;
    private long subtreesReused;

    /// All zero.
    public WriteStatistics() {}

    /// Edits that made a difference: not those that give a row the value that it has, or remove one that is not
    /// there.
    public long rowsChanged() {
        return rowsChanged;
    }

    /// Old nodes looked into, whether they were in memory or not.
    public long nodesRead() {
        return nodesRead;
    }

    /// Nodes encoded and handed to the store, which may have had some of them already.
    public long nodesWritten() {
        return nodesWritten;
    }

    /// Bytes of the nodes written, uncompressed.
    public long bytesWritten() {
        return bytesWritten;
    }

    /// Subtrees taken over whole, without looking into them.
    public long subtreesReused() {
        return subtreesReused;
    }

    void changed() {
        rowsChanged++;
    }

    void read() {
        nodesRead++;
    }

    void wrote(int bytes) {
        nodesWritten++;
        bytesWritten += bytes;
    }

    void reused(int subtrees) {
        subtreesReused += subtrees;
    }

    @Override
    public String toString() {
        return rowsChanged + " rows changed, " + nodesRead + " nodes read, " + nodesWritten + " written ("
                + bytesWritten + " bytes), " + subtreesReused + " subtrees reused";
    }
}
