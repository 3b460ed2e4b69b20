package coppice.structure.ground;

import java.util.concurrent.atomic.AtomicLong;

/// Who puts things in order: a number that no other branch has, in any process, and numbers that rise with each
/// call. So two branches never make the same place, and one branch never makes a place twice. Safe for all
/// threads.
public final class Origin {
    /// How many bits the number has.
    public static final int BITS = 48;

    private static final long MASK = (1L << BITS) - 1;
    private static final long FIRST_BYTE = 1L << (BITS - 1);

    private final long number;
    private final AtomicLong last = new AtomicLong();

    /// @param random random bits
    public Origin(long random) {
        this.number = (random & MASK) | FIRST_BYTE;
    }

    /// The number, of 48 bits, the first of which is set.
    public long number() {
        return number;
    }

    /// A number greater than all before, from 1 on.
    public long next() {
        return last.incrementAndGet();
    }
}
