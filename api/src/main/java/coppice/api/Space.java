package coppice.api;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A sorted map of byte keys to byte values, to read and write.
///
/// Got from a [Branch], every call is a transaction of its own, acknowledged as [Options#durability()] says. Got
/// from a [Transaction], calls take effect with it and reads see them at once.
public interface Space extends SpaceView {
    /// Sets a key's value.
    ///
    /// @param key 1 to [Limits#KEY_BYTES_MAX] bytes
    /// @param value up to [Limits#VALUE_BYTES_MAX] bytes, may be empty
    /// @throws DatabaseException.Incorrect when key or value are out of these limits
    void put(byte[] key, byte[] value);

    /// Removes a key. Nothing happens when it is absent.
    void delete(byte[] key);

    /// Applies a batch atomically: all of it or nothing, in its order.
    void apply(Batch batch);

    /// Sets a key's value, both UTF-8 text.
    default void put(String key, String value) {
        put(key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    /// Removes a key given as UTF-8 text.
    default void delete(String key) {
        delete(key.getBytes(UTF_8));
    }
}
