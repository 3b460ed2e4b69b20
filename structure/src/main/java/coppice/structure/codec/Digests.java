package coppice.structure.codec;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Hashes.
public final class Digests {
    private Digests() {}

    /// A new SHA-256.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
