package coppice.api.structure;

/// What happened to [Blobs].
public sealed interface BlobChange {
    /// A blob is there, or has other content, or something else is said of it.
    record Put(BlobInfo blob) implements BlobChange {}

    /// A blob was removed.
    record Removed(BlobInfo blob) implements BlobChange {}

    /// What happened for a while is not known any more: who has a copy reads the list anew.
    record Missed() implements BlobChange {}
}
