package coppice.api.structure;

/// What happened to an [EventLog].
public sealed interface LogChange<V> {
    /// An event was appended.
    record Appended<V>(Event<V> event) implements LogChange<V> {}

    /// An event was removed, or was over by the retention of the log.
    record Removed<V>(Event<V> event) implements LogChange<V> {}

    /// What happened for a while is not known any more: who has a copy reads the log anew.
    record Missed<V>() implements LogChange<V> {}
}
