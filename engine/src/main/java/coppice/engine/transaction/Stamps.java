package coppice.engine.transaction;

import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Entropy;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/// Texts that no other call returns: the time in milliseconds in 48 bits, a number within it in 16, and 64 random
/// bits that an open database has for itself, all in hexadecimal digits. They rise, also when the clock goes back.
public final class Stamps {
    private static final int NUMBER_BITS = 16;

    private final Clock clock;
    private final String own;
    private final AtomicLong last = new AtomicLong();

    public Stamps(Clock clock, Entropy entropy) {
        this.clock = clock;
        this.own = HexFormat.of().toHexDigits(entropy.nextLong());
    }

    /// The next one: 32 digits.
    public String next() {
        long now = clock.millis() << NUMBER_BITS;
        return HexFormat.of().toHexDigits(last.accumulateAndGet(now, (before, time) -> Math.max(before + 1, time)))
                + own;
    }
}
