package coppice.api.structure;

/// What happened to a [Sketch].
public sealed interface SketchChange {
    /// The answers to a question may be others now.
    record Changed(SketchQuestion question) implements SketchChange {}

    /// What happened for a while is not known any more: who keeps answers asks anew.
    record Missed() implements SketchChange {}
}
