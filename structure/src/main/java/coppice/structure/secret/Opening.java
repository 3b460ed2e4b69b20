package coppice.structure.secret;

/// Turns what is stored of values into what they are.
@FunctionalInterface
public interface Opening {
    /// The value of an entry.
    ///
    /// @param key of the entry
    /// @param stored what its row has
    /// @throws coppice.api.DatabaseException.Incorrect when it is not what was stored there, or another secret
    ///     opens it
    byte[] open(byte[] key, byte[] stored);
}
