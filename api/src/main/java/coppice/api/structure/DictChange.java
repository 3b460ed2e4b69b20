package coppice.api.structure;

import java.util.Optional;

/// What happened to an entry of a dict.
public sealed interface DictChange<V> {
    /// The key has another value than before.
    ///
    /// @param before nothing when the key was absent
    record Put<V>(String key, Optional<V> before, V after) implements DictChange<V> {}

    /// The key was removed, or the lifetime of its entry ended and its row was tidied up.
    record Removed<V>(String key, V before) implements DictChange<V> {}

    /// What happened for a while is not known any more: who has a copy reads the dict anew.
    record Missed<V>() implements DictChange<V> {}
}
