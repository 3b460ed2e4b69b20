package coppice.api.crdt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes, ordered as unsigned. The array is never changed.
record Octets(byte[] bytes) implements Comparable<Octets> {
    static final Octets NONE = new Octets(new byte[0]);

    static Octets of(String text) {
        return new Octets(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] copy() {
        return bytes.clone();
    }

    @Override
    public int compareTo(Octets other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
