package coppice.kernel.tree;

/// What becomes of a key that both sides of a merge changed differently.
public sealed interface Resolution {
    /// It gets this value.
    record Take(byte[] value) implements Resolution {}

    /// It keeps what it is on our side, be that absent. Reads and writes no blob.
    record Ours() implements Resolution {}

    /// It becomes what it is on their side, be that absent. Reads and writes no blob.
    record Theirs() implements Resolution {}

    /// It is removed.
    record Delete() implements Resolution {}

    /// Nothing is decided: our side stays for now, and the merge reports the conflict as unresolved.
    record Unresolved() implements Resolution {}
}
