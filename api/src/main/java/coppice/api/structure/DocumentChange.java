package coppice.api.structure;

import java.util.Optional;

/// Something that happened to a document of a collection.
public sealed interface DocumentChange<V> {
    /// A document was indexed.
    ///
    /// @param before nothing when it was not there
    record Indexed<V>(String id, Optional<V> before, V after) implements DocumentChange<V> {}

    /// A document was dropped.
    record Dropped<V>(String id, V before) implements DocumentChange<V> {}

    /// What happened is not known any more: read the collection anew.
    record Missed<V>() implements DocumentChange<V> {}
}
