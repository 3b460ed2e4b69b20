package coppice.api.crdt;

/// A counter that goes up and down (PN-Counter, Shapiro et al. 2011, specification 7): two that only grow, for what was
/// added and what was taken off.
public final class Counter implements Crdt<Counter> {
    private static final Counter ZERO = new Counter(Tally.NONE, Tally.NONE);

    private final Tally up;
    private final Tally down;

    private Counter(Tally up, Tally down) {
        this.up = up;
        this.down = down;
    }

    /// A counter at 0.
    public static Counter zero() {
        return ZERO;
    }

    /// Reads what [#encode()] wrote.
    ///
    /// @throws IllegalArgumentException when the bytes are anything else
    public static Counter decode(byte[] bytes) {
        Reader in = Reader.of(CrdtKind.COUNTER, bytes);
        Tally up = Tally.read(in);
        Tally down = Tally.read(in);
        in.end();
        return new Counter(up, down);
    }

    /// This counter, having counted more or, when negative, less.
    ///
    /// @param replica who counts
    /// @throws IllegalArgumentException when the replica's name is too long
    /// @throws ArithmeticException when the replica has counted to 2^63 - 1 in one direction
    public Counter increment(String replica, long more) {
        if (more == 0) {
            return this;
        }
        return more > 0
                ? new Counter(up.plus(replica, more), down)
                : new Counter(up, down.plus(replica, Math.negateExact(more)));
    }

    /// This counter, having counted less; see [#increment].
    public Counter decrement(String replica, long less) {
        return increment(replica, Math.negateExact(less));
    }

    /// What was counted by all.
    ///
    /// @throws ArithmeticException when what was counted in one direction passes 2^63 - 1
    public long value() {
        return up.total() - down.total();
    }

    @Override
    public CrdtKind kind() {
        return CrdtKind.COUNTER;
    }

    @Override
    public Counter merge(Counter other) {
        return new Counter(up.merge(other.up), down.merge(other.down));
    }

    @Override
    public byte[] encode() {
        Writer out = new Writer(kind());
        up.write(out);
        down.write(out);
        return out.bytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counter that && up.equals(that.up) && down.equals(that.down);
    }

    @Override
    public int hashCode() {
        return 31 * up.hashCode() + down.hashCode();
    }

    @Override
    public String toString() {
        return "counter +" + up.counts() + " -" + down.counts();
    }
}
