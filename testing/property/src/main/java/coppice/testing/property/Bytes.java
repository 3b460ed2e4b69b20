package coppice.testing.property;

import java.util.Arrays;
import java.util.List;

/// The shapes of byte strings that [Gen#bytes] makes.
final class Bytes {
    private Bytes() {}

    static byte[] of(List<Long> values) {
        byte[] bytes = new byte[values.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = values.get(i).byteValue();
        }
        return bytes;
    }

    static byte[] repeated(int length, long value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    static byte[] counter(int length, long value) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
            bytes[length - 1 - i] = (byte) (value >>> (8 * i));
        }
        return bytes;
    }

    static byte[] prefixed(int length, List<Long> tail) {
        byte[] bytes = repeated(length, 'p');
        for (int i = 0; i < Math.min(length, tail.size()); i++) {
            bytes[length - 1 - i] = tail.get(i).byteValue();
        }
        return bytes;
    }
}
