package coppice.engine.projection;

import coppice.api.Range;
import coppice.kernel.bytes.Hash;

/// What a projection makes of a space: the entries that follow from each of its rows. A pure function: the same
/// row has the same entries whenever and wherever it is asked. Safe for all threads.
///
/// So the entries of a whole space follow from its content alone: they are the same whatever the history of the
/// space is, need no record of their own, and can be made from those of any other state by what differs.
public interface Derivation {
    /// Names the function: where two have the same name, they give the same entries.
    Hash name();

    /// The keys of the rows that it looks at. Other rows have no entries.
    Range keys();

    /// Tells the entries of a row. No other row has an entry with the same key.
    ///
    /// @param key is only read
    /// @param value is only read
    void derive(byte[] key, byte[] value, Sink out);

    /// Takes entries.
    @FunctionalInterface
    interface Sink {
        /// One more entry; the arrays become the taker's.
        ///
        /// @param key 1 to [coppice.api.Limits#KEY_BYTES_MAX] bytes, another than before
        void entry(byte[] key, byte[] value);
    }
}
