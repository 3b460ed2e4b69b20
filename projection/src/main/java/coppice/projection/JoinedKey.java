package coppice.projection;

import coppice.api.Limits;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/// The key of a joined row: those of both, in a form that sorts by the left one and then by the right one.
/// `docs/format/projection.md` has it.
///
/// @param right nothing for a left row without counterpart
public record JoinedKey(byte[] left, Optional<byte[]> right) {
    private static final byte DIGEST = (byte) 0xFF;
    private static final byte HIGH = (byte) 0xFE;
    private static final byte ZERO = (byte) 0xFF;
    private static final byte END = 1;

    /// What the keys of joined rows begin with whose left keys begin so.
    public static byte[] beginning(byte[] leftBeginning) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(leftBeginning.length + 1);
        escaped(leftBeginning, out);
        return out.toByteArray();
    }

    private static void escaped(byte[] left, ByteArrayOutputStream out) {
        for (int i = 0; i < left.length; i++) {
            byte b = left[i];
            if (i == 0 && (b == HIGH || b == DIGEST)) {
                out.write(HIGH); // so that only digests begin with FF
                out.write(b == HIGH ? 1 : 2);
            } else {
                out.write(b);
                if (b == 0) {
                    out.write(ZERO);
                }
            }
        }
    }

    /// The key as bytes. Where it would pass 4,096 it is a digest of them, which sorts behind all others and
    /// cannot be read.
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(
                left.length + right.map(key -> key.length).orElse(0) + 3);
        escaped(left, out);
        out.write(0);
        out.write(END);
        right.ifPresent(out::writeBytes);
        byte[] bytes = out.toByteArray();
        if (bytes.length <= Limits.KEY_BYTES_MAX) {
            return bytes;
        }
        byte[] digest = new byte[33];
        digest[0] = DIGEST;
        System.arraycopy(Digest.of(bytes), 0, digest, 1, 32);
        return digest;
    }

    /// Reads what [#bytes] gives; nothing for a digest.
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static Optional<JoinedKey> read(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] == DIGEST) {
            return Optional.empty();
        }
        ByteArrayOutputStream left = new ByteArrayOutputStream(bytes.length);
        int at = 0;
        if (bytes.length > 1 && bytes[0] == HIGH) {
            left.write(HIGH - 1 + bytes[1]);
            at = 2;
        }
        while (at + 1 < bytes.length) {
            byte b = bytes[at++];
            if (b != 0) {
                left.write(b);
            } else if (bytes[at++] == ZERO) {
                left.write(0);
            } else {
                byte[] right = Arrays.copyOfRange(bytes, at, bytes.length);
                return Optional.of(
                        new JoinedKey(left.toByteArray(), right.length == 0 ? Optional.empty() : Optional.of(right)));
            }
        }
        throw new IllegalArgumentException("This is no key of a joined row: the left key has no end");
    }
}
