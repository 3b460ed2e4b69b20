package coppice.kernel.tree;

import java.util.stream.IntStream;

/// Where a key is likely to be between two others, if keys are spread evenly (interpolation search; Peterson,
/// "Addressing for random-access storage", 1957).
///
/// Keys are seldom spread evenly over all bytes, but often over numbers and names written as text. So bytes that
/// are all decimal digits count as such, and so do those that are all hexadecimal digits, or digits and letters.
final class Interpolation {
    /// So many bytes are looked at, from the first difference on: enough to tell hundreds of places apart.
    private static final int BYTES_MAX = 4;

    private static final double ROUNDED_DOWN = 0.5;
    private static final int[] RADIXES = {10, 16, Character.MAX_RADIX};
    private static final int BYTE_VALUES = 1 << Byte.SIZE;
    private static final byte NO_DIGIT = Byte.MAX_VALUE;
    /// The digit that a byte is.
    private static final byte[] DIGITS = digits();

    /// The least radix that has a digit.
    private static final short[] RADIX = radix();

    private Interpolation() {}

    private static byte[] digits() {
        byte[] digits = new byte[BYTE_VALUES];
        for (int character = 0; character < BYTE_VALUES; character++) {
            int digit = character > Byte.MAX_VALUE ? -1 : Character.digit(character, Character.MAX_RADIX);
            digits[character] = digit < 0 ? NO_DIGIT : (byte) digit;
        }
        return digits;
    }

    private static short[] radix() {
        short[] least = new short[NO_DIGIT + 1];
        for (int digit = 0; digit <= NO_DIGIT; digit++) {
            int wanted = digit;
            least[digit] = (short) IntStream.of(RADIXES)
                    .filter(radix -> radix > wanted)
                    .findFirst()
                    .orElse(BYTE_VALUES);
        }
        return least;
    }

    /// A place from 0 on, below `places`: the middle when the bytes do not tell the keys apart.
    ///
    /// @param low the first eight bytes of the key before all places, as an unsigned number
    /// @param key those of the key, which is between the two
    /// @param high those of the key at the last place
    static int place(long low, long key, long high, int places) {
        int first = Long.numberOfLeadingZeros(low ^ high) / Byte.SIZE;
        int end = Math.min(first + BYTES_MAX, Long.BYTES);
        long from = 0;
        long at = 0;
        long to = 0;
        for (int i = first; i < end; i++) {
            int lowByte = byteOf(low, i);
            int keyByte = byteOf(key, i);
            int highByte = byteOf(high, i);
            int radix = RADIX[Math.max(Math.max(DIGITS[lowByte], DIGITS[keyByte]), DIGITS[highByte])];
            boolean areDigits = radix < BYTE_VALUES;
            from = from * radix + (areDigits ? DIGITS[lowByte] : lowByte);
            at = at * radix + (areDigits ? DIGITS[keyByte] : keyByte);
            to = to * radix + (areDigits ? DIGITS[highByte] : highByte);
        }
        // The key at the last place is `high` itself, so what is a whole number of steps from `low` is one place
        // before.
        double place = ((at - from) * (double) places - ROUNDED_DOWN) / (to - from);
        return to > from ? (int) Math.clamp(place, 0, places - 1) : places >>> 1;
    }

    private static int byteOf(long word, int index) {
        return (int) (word >>> (Long.SIZE - Byte.SIZE * (index + 1))) & 0xff;
    }
}
