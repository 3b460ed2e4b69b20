package coppice.kernel.history;

import java.util.Arrays;
import java.util.HexFormat;

/// Bytes that vouch for a [Commit], in whatever scheme its signer uses; the kernel keeps and never reads them.
/// Immutable.
public final class Signature {
    /// No commit carries a longer one, in bytes.
    public static final int BYTES_MAX = 64 << 10;

    /// The commit is not signed.
    public static final Signature NONE = new Signature(new byte[0]);

    private final byte[] bytes;

    private Signature(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A signature of 1 to [#BYTES_MAX] bytes, or [#NONE] of no bytes.
    ///
    /// @throws IllegalArgumentException when it is longer
    public static Signature of(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException("A signature has at most " + BYTES_MAX + " bytes, not " + bytes.length);
        }
        return bytes.length == 0 ? NONE : new Signature(bytes.clone());
    }

    /// Whether there is none.
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    int length() {
        return bytes.length;
    }

    /// A copy of the bytes.
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return isEmpty() ? "none" : HexFormat.of().formatHex(bytes);
    }
}
