package coppice.api.crdt;

/// A counter that only grows (G-Counter, Shapiro et al. 2011, specification 6). Merged counters have counted what
/// either had.
public final class GrowOnlyCounter implements Crdt<GrowOnlyCounter> {
    private static final GrowOnlyCounter ZERO = new GrowOnlyCounter(Tally.NONE);

    private final Tally tally;

    private GrowOnlyCounter(Tally tally) {
        this.tally = tally;
    }

    /// A counter at 0.
    public static GrowOnlyCounter zero() {
        return ZERO;
    }

    /// Reads what [#encode()] wrote.
    ///
    /// @throws IllegalArgumentException when the bytes are anything else
    public static GrowOnlyCounter decode(byte[] bytes) {
        Reader in = Reader.of(CrdtKind.GROW_ONLY_COUNTER, bytes);
        Tally tally = Tally.read(in);
        in.end();
        return new GrowOnlyCounter(tally);
    }

    /// This counter, having counted more.
    ///
    /// @param replica who counts
    /// @param more how much, at least 0
    /// @throws IllegalArgumentException when `more` is negative or the replica's name too long
    /// @throws ArithmeticException when the replica has counted to 2^63 - 1
    public GrowOnlyCounter increment(String replica, long more) {
        if (more < 0) {
            throw new IllegalArgumentException("This counter only grows, not by " + more + ": use a Counter");
        }
        return more == 0 ? this : new GrowOnlyCounter(tally.plus(replica, more));
    }

    /// What was counted by all.
    ///
    /// @throws ArithmeticException when it passes 2^63 - 1
    public long value() {
        return tally.total();
    }

    @Override
    public CrdtKind kind() {
        return CrdtKind.GROW_ONLY_COUNTER;
    }

    @Override
    public GrowOnlyCounter merge(GrowOnlyCounter other) {
        return new GrowOnlyCounter(tally.merge(other.tally));
    }

    @Override
    public byte[] encode() {
        Writer out = new Writer(kind());
        tally.write(out);
        return out.bytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GrowOnlyCounter that && tally.equals(that.tally);
    }

    @Override
    public int hashCode() {
        return tally.hashCode();
    }

    @Override
    public String toString() {
        return "counter " + tally.counts();
    }
}
