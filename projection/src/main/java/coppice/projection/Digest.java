package coppice.projection;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Stands for bytes that are too long.
final class Digest {
    private Digest() {}

    /// The SHA-256 of bytes.
    static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException never) {
            throw new AssertionError("Every Java has SHA-256", never);
        }
    }
}
