package coppice.structure.secret;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/// A key that values of a dict are encrypted with.
///
/// | bytes | what |
/// |---|---|
/// | 1 | the format |
/// | 16 | id of the key |
/// | 12 | nonce |
/// | | the value, encrypted; bound to all before but the nonce, and to the key of the entry |
final class DataKey {
    private static final int HEAD_BYTES = 1 + KeyId.BYTES;

    /// How much longer what is stored is than the value.
    static final int OVERHEAD = HEAD_BYTES + AesGcm.OVERHEAD;

    private final KeyId id;
    private final AesGcm cipher;

    DataKey(KeyId id, byte[] key) {
        this.id = id;
        this.cipher = new AesGcm(key);
    }

    KeyId id() {
        return id;
    }

    /// Which key a stored value is encrypted with.
    ///
    /// @return nothing when it is not encrypted
    static Optional<KeyId> idOf(byte[] stored) {
        return stored.length >= OVERHEAD && stored[0] == WrappedKey.FORMAT
                ? Optional.of(KeyId.of(stored, 1))
                : Optional.empty();
    }

    byte[] encrypt(Consumer<byte[]> random, byte[] key, byte[] value) {
        byte[] bound = bound(key);
        byte[] stored = cipher.encrypt(random, bound, value, HEAD_BYTES);
        System.arraycopy(bound, 0, stored, 0, HEAD_BYTES);
        return stored;
    }

    /// The value.
    ///
    /// @return nothing when it was changed, or is that of another key
    Optional<byte[]> decrypt(byte[] key, byte[] stored) {
        return cipher.decrypt(bound(key), stored, HEAD_BYTES);
    }

    private byte[] bound(byte[] key) {
        return ByteBuffer.allocate(HEAD_BYTES + key.length)
                .put(WrappedKey.FORMAT)
                .put(id.bytes())
                .put(key)
                .array();
    }
}
