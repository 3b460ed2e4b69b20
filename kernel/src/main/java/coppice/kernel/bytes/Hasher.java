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

    private Hasher(MessageDigest digest) {
        this.digest = digest;
    }

    /// Whether the runtime's SHA-256 can be copied while it is at work, as that of the JDK can.
    boolean isCopyable() {
        try {
            var _ = digest.clone();
            return true;
        } catch (CloneNotSupportedException _) {
            return false;
        }
    }

    /// Another hasher to which the same has been added.
    Hasher copy() {
        try {
            return new Hasher((MessageDigest) digest.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("This SHA-256 cannot be copied", e);
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
