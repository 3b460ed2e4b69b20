package coppice.engine.version;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.SignatureCheck;
import coppice.api.Signer;
import coppice.kernel.history.Signature;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;

/// Signatures of commits and tags: Ed25519 (RFC 8032), kept as one byte 1, the public key's 32 bytes, and the
/// signature's 64. Pure functions.
public final class Signing {
    private static final byte SCHEME = 1;
    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    /// What comes before the key's bytes in its X.509 encoding (RFC 8410).
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private Signing() {}

    /// Signs.
    ///
    /// @throws DatabaseException.Incorrect when the signer has another kind of key
    public static Signature sign(Signer signer, byte[] content) {
        byte[] key = signer.publicKey().getEncoded();
        byte[] signature = signer.sign(content);
        if (key == null
                || key.length != X509.length + KEY_BYTES
                || !Arrays.equals(key, 0, X509.length, X509, 0, X509.length)
                || signature.length != SIGNATURE_BYTES) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.INVALID_KEY_PAIR, "Commits and tags are signed with Ed25519: take such a key");
        }
        byte[] bytes = new byte[1 + KEY_BYTES + SIGNATURE_BYTES];
        bytes[0] = SCHEME;
        System.arraycopy(key, X509.length, bytes, 1, KEY_BYTES);
        System.arraycopy(signature, 0, bytes, 1 + KEY_BYTES, SIGNATURE_BYTES);
        return Signature.of(bytes);
    }

    /// Checks a signature.
    ///
    /// @param trusted the keys that count
    public static SignatureCheck check(Signature signature, byte[] content, Collection<PublicKey> trusted) {
        if (signature.isEmpty()) {
            return new SignatureCheck.Unsigned();
        }
        byte[] bytes = signature.toBytes();
        if (bytes.length != 1 + KEY_BYTES + SIGNATURE_BYTES || bytes[0] != SCHEME) {
            return new SignatureCheck.Invalid("it is of a kind that this version does not know");
        }
        try {
            byte[] encoded = Arrays.copyOf(X509, X509.length + KEY_BYTES);
            System.arraycopy(bytes, 1, encoded, X509.length, KEY_BYTES);
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            java.security.Signature verifier = java.security.Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(content);
            if (!verifier.verify(bytes, 1 + KEY_BYTES, SIGNATURE_BYTES)) {
                return new SignatureCheck.Invalid("it was changed after it was signed");
            }
            boolean known = trusted.stream().anyMatch(one -> Arrays.equals(one.getEncoded(), encoded));
            return known ? new SignatureCheck.Valid(key) : new SignatureCheck.Unknown(key);
        } catch (GeneralSecurityException e) {
            return new SignatureCheck.Invalid("it cannot be checked: " + e.getMessage());
        }
    }
}
