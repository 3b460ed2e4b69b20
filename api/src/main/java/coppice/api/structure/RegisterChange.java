package coppice.api.structure;

import java.util.Optional;

/// What happened to a [Register].
public sealed interface RegisterChange<V> {
    /// It has another value, or none any more.
    record Set<V>(Optional<V> before, Optional<V> after) implements RegisterChange<V> {}

    /// What happened for a while is not known any more.
    record Missed<V>() implements RegisterChange<V> {}
}
