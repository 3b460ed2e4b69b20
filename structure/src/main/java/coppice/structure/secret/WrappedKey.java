package coppice.structure.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.structure.codec.Digests;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/// A key of a dict as it is stored: encrypted with what is derived from a secret, and bound to the name of the
/// dict and to the id of the key.
///
/// | bytes | what |
/// |---|---|
/// | 1 | the format |
/// | 17 or 29 | how the key that encrypts it is derived |
/// | 12 | nonce |
/// | 48 | the key, encrypted |
/// | 8 | the first of the SHA-256 of id, name and all before; tells what is damaged from what another secret opens |
///
/// @param how the key that encrypts it is derived
/// @param row what is stored
record WrappedKey(Derivation how, byte[] row) {
    /// The first byte of what is written here; no text begins with it.
    static final byte FORMAT = (byte) 0x81;

    private static final int CHECK_BYTES = 8;

    /// Encrypts a key.
    ///
    /// @param random fills bytes with random ones
    static WrappedKey wrap(Consumer<byte[]> random, Vault.Derived by, String dict, KeyId id, byte[] key) {
        byte[] head = head(by.how());
        byte[] row = by.cipher().encrypt(random, bound(head, dict, id), key, head.length);
        System.arraycopy(head, 0, row, 0, head.length);
        byte[] whole = Arrays.copyOf(row, row.length + CHECK_BYTES);
        System.arraycopy(check(dict, id, row), 0, whole, row.length, CHECK_BYTES);
        return new WrappedKey(by.how(), whole);
    }

    /// What a row has.
    ///
    /// @return nothing when it is damaged, or is not of this dict and key
    static Optional<WrappedKey> of(String dict, KeyId id, byte[] row) {
        int least = 1 + 1 + Derivation.SALT_BYTES + AesGcm.OVERHEAD + AesGcm.KEY_BYTES + CHECK_BYTES;
        if (row.length < least || row[0] != FORMAT) {
            return Optional.empty();
        }
        byte[] checked = Arrays.copyOf(row, row.length - CHECK_BYTES);
        byte[] check = Arrays.copyOfRange(row, checked.length, row.length);
        return MessageDigest.isEqual(check, check(dict, id, checked))
                ? Derivation.decode(ByteBuffer.wrap(row, 1, row.length - 1)).map(how -> new WrappedKey(how, row))
                : Optional.empty();
    }

    /// The key.
    ///
    /// @return nothing when it was encrypted with another one
    Optional<byte[]> unwrap(Vault.Derived by, String dict, KeyId id) {
        byte[] head = head(how);
        byte[] checked = Arrays.copyOf(row, row.length - CHECK_BYTES);
        return by.cipher().decrypt(bound(head, dict, id), checked, head.length);
    }

    private static byte[] head(Derivation how) {
        byte[] encoded = how.encode();
        return ByteBuffer.allocate(1 + encoded.length).put(FORMAT).put(encoded).array();
    }

    private static byte[] bound(byte[] head, String dict, KeyId id) {
        byte[] name = dict.getBytes(UTF_8);
        return ByteBuffer.allocate(head.length + KeyId.BYTES + name.length)
                .put(head)
                .put(id.bytes())
                .put(name)
                .array();
    }

    private static byte[] check(String dict, KeyId id, byte[] row) {
        MessageDigest digest = Digests.sha256();
        digest.update(id.bytes());
        digest.update(dict.getBytes(UTF_8));
        digest.update((byte) 0);
        return Arrays.copyOf(digest.digest(row), CHECK_BYTES);
    }
}
