package coppice.api.structure;

/// What happened to a [Counter].
public sealed interface CounterChange {
    /// It was counted, merged or reset.
    record Counted(long before, long after) implements CounterChange {}

    /// What happened for a while is not known any more.
    record Missed() implements CounterChange {}
}
