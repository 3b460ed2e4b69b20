package coppice.api.structure;

import java.util.Optional;

/// What happened to a value of a list.
///
/// A place is a text that a value keeps as long as it is not moved, and that no other value has. Places sort as
/// the values do, so they are enough to keep a copy of the list. Which index one has at present,
/// [SequenceView#indexAt] says.
public sealed interface SequenceChange<V> {
    /// There is another value at a place than before.
    ///
    /// @param before nothing when there was none
    record Put<V>(String place, Optional<V> before, V after) implements SequenceChange<V> {}

    /// A value was removed from its place.
    record Removed<V>(String place, V before) implements SequenceChange<V> {}

    /// What happened for a while is not known any more: who has a copy reads the list anew.
    record Missed<V>() implements SequenceChange<V> {}
}
