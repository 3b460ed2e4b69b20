package coppice.api;

/// A walk over entries in order. Starts before the first; not safe for use by several threads.
///
/// Between two calls of [#next()] it shows one entry, whose bytes can be looked at without copying.
public interface Cursor extends AutoCloseable {
    /// Goes to the next entry.
    ///
    /// @return whether there is one; once false, always false
    boolean next();

    /// The length of the key, in bytes.
    int keyLength();

    /// A byte of the key.
    byte keyAt(int index);

    /// A copy of the key.
    byte[] key();

    /// The length of the value, in bytes.
    int valueLength();

    /// A byte of the value.
    byte valueAt(int index);

    /// A copy of the value.
    byte[] value();

    /// Copies the key into an array.
    ///
    /// @return the key's length
    int copyKey(byte[] into, int offset);

    /// Copies the value into an array.
    ///
    /// @return the value's length
    int copyValue(byte[] into, int offset);

    /// A copy of the entry.
    default Entry entry() {
        return new Entry(key(), value());
    }

    /// Ends the walk. Idempotent.
    @Override
    void close();
}
