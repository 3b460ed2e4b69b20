package coppice.api;

/// What happened to one key between two states.
public sealed interface Change {
    /// The space the key is in.
    String space();

    /// The key.
    byte[] key();

    /// The key is only in the later state.
    record Added(String space, byte[] key, byte[] after) implements Change {}

    /// The key is only in the earlier state.
    record Removed(String space, byte[] key, byte[] before) implements Change {}

    /// The key is in both, with different values.
    record Modified(String space, byte[] key, byte[] before, byte[] after) implements Change {}
}
