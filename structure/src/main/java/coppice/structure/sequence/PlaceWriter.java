package coppice.structure.sequence;

import coppice.structure.ground.Origin;
import java.util.Arrays;

/// Writes numbers so that their bytes sort as they do, and none is the beginning of another.
final class PlaceWriter {
    /// Numbers from the opposite of this on to before it take one byte: themselves and [#MIDDLE].
    static final int SMALL = 64;

    static final int MIDDLE = 128;

    private byte[] bytes = new byte[32];
    private int length;

    /// A number: small ones in a byte, others in as many as they need, and one before that says how many.
    void number(long number) {
        if (number >= -SMALL && number < SMALL) {
            add(number + MIDDLE);
            return;
        }
        long size = number < 0 ? ~number : number;
        int count = (Long.SIZE - Long.numberOfLeadingZeros(size) + Byte.SIZE - 1) / Byte.SIZE;
        add(number < 0 ? MIDDLE - SMALL - count : MIDDLE + SMALL - 1 + count);
        big(number, count);
    }

    /// The number of an origin; 0 where it is the one around.
    void run(long run, long around) {
        if (run == around) {
            add(0);
        } else {
            big(run, Origin.BITS / Byte.SIZE);
        }
    }

    private void big(long number, int count) {
        for (int i = count - 1; i >= 0; i--) {
            add(number >>> (i * Byte.SIZE));
        }
    }

    private void add(long value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) value;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }
}
