package coppice.api.structure;

/// What happened to a [SetOf].
public sealed interface SetChange<V> {
    /// A value is there now.
    record Added<V>(V value) implements SetChange<V> {}

    /// A value is not there any more.
    record Removed<V>(V value) implements SetChange<V> {}

    /// What happened for a while is not known any more: who has a copy reads the set anew.
    record Missed<V>() implements SetChange<V> {}
}
