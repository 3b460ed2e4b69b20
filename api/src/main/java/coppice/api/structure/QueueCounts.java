package coppice.api.structure;

/// How many jobs of a [WorkQueue] are in which state.
public record QueueCounts(long ready, long delayed, long leased, long dead) {
    /// All of them.
    public long total() {
        return ready + delayed + leased + dead;
    }
}
