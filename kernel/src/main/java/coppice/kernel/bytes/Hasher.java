package coppice.kernel.bytes;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A reusable SHA-256 digest. Not thread-safe: one per thread or per piece of work. Allocates only the [Hash]
/// it returns.
public final class Hasher {
    private final MessageDigest digest;
    private final byte[] result = new byte[Hash.BYTES];

    /// A fresh hasher.
    public Hasher() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "This Java runtime has no SHA-256, which every Java SE runtime must have", e);
        }
    }

    /// The hash of a range.
    public Hash hash(byte[] content, int offset, int length) {
        return update(content, offset, length).finish();
    }

    /// Adds a range to the content hashed so far.
    public Hasher update(byte[] content, int offset, int length) {
        digest.update(content, offset, length);
        return this;
    }

    /// The hash of everything added since the last finish; the hasher is then empty again.
    public Hash finish() {
        try {
            int written = digest.digest(result, 0, result.length);
            assert written == Hash.BYTES;
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 did not fit into 32 bytes", e);
        }
        return Hash.read(result, 0);
    }
}
