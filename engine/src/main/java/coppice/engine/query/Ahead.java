package coppice.engine.query;

/// How many rows to look for at a time where it is not known how many will be asked for: few at first, then more
/// and more. One thread.
public final class Ahead {
    /// So many at most.
    static final int MOST = 128;

    private static final int GROWTH = 4;

    private int count;

    /// @param wanted how many will be asked for at least, if there are so many; from 1 on
    public Ahead(long wanted) {
        count = (int) Math.clamp(wanted, 1L, MOST);
    }

    /// How many to look for now.
    public int next() {
        int now = count;
        count = Math.min(MOST, GROWTH * now);
        return now;
    }
}
