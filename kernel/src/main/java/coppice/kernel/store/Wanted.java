package coppice.kernel.store;

import coppice.kernel.bytes.Hash;

/// A chunk that is to be moved from one store to another.
public interface Wanted {
    /// Its name.
    Hash hash();

    /// Checks what it says, before it is kept; that it has this name has been checked. For any thread.
    ///
    /// @throws coppice.kernel.bytes.CorruptException when it is not what it must be
    void check(byte[] chunk);
}
