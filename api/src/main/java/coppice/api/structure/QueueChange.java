package coppice.api.structure;

/// What happened to a job of a [WorkQueue]: that it came, and that it went. That somebody got it, or gave it back,
/// is no change of the queue.
public sealed interface QueueChange<V> {
    /// A job was put.
    ///
    /// @param id of the job
    record Put<V>(String id, V value) implements QueueChange<V> {}

    /// A job was acknowledged, taken or removed.
    ///
    /// @param id of the job
    record Removed<V>(String id, V value) implements QueueChange<V> {}

    /// What happened for a while is not known any more: who has a copy reads the queue anew.
    record Missed<V>() implements QueueChange<V> {}
}
