package coppice.kernel.bytes;

import java.util.Arrays;

/// Bytes as a key of hash tables: equal when they are the same bytes. Takes the array over, which must not be
/// written to any more.
public record BytesKey(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
        return other instanceof BytesKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
