package coppice.api;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;

/// Signs commits and tags with Ed25519 (RFC 8032). Safe for many threads.
public interface Signer {
    /// The key that verifies what this signs.
    PublicKey publicKey();

    /// The signature of some bytes: 64 bytes.
    byte[] sign(byte[] bytes);

    /// A signer that has its private key in memory, as `KeyPairGenerator.getInstance("Ed25519")` makes one.
    static Signer of(KeyPair keys) {
        return new Signer() {
            @Override
            public PublicKey publicKey() {
                return keys.getPublic();
            }

            @Override
            public byte[] sign(byte[] bytes) {
                try {
                    Signature signature = Signature.getInstance("Ed25519");
                    signature.initSign(keys.getPrivate());
                    signature.update(bytes);
                    return signature.sign();
                } catch (GeneralSecurityException e) {
                    throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_KEY_PAIR,
                            "The key cannot sign: " + e.getMessage() + "; make a pair with"
                                    + " KeyPairGenerator.getInstance(\"Ed25519\")",
                            e);
                }
            }
        };
    }
}
