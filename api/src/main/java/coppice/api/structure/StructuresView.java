package coppice.api.structure;

import java.util.List;
import java.util.Optional;

/// The structures of a state, to read.
public interface StructuresView {
    /// All of them, in the order of their names. Spaces that nobody wrote to as a structure are not among them.
    List<StructureInfo> all();

    /// What a name stands for, if anything.
    Optional<StructureInfo> find(String name);

    /// A dict. One that nobody wrote to is empty.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when the name stands for another kind of structure or for
    ///     values of another type (all may be read untyped), or cannot be a name
    <V> DictView<V> dict(String name, TypeRef<V> values);

    /// An encrypted dict. One that nobody wrote to is empty. A version is read with the secret that it was written
    /// with.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [Structures#dict(String, TypeRef, Secret)]
    <V> DictView<V> dict(String name, TypeRef<V> values, Secret secret);

    /// A queue of jobs. One that nobody wrote to is empty.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict]
    <V> WorkQueueView<V> queue(String name, TypeRef<V> values);

    /// A log of events. One that nobody wrote to is empty.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict]
    <V> EventLogView<V> eventLog(String name, TypeRef<V> values);

    /// A counter. One that nobody counted with is 0.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when the name stands for another kind of structure, or
    ///     cannot be a name
    CounterView counter(String name);

    /// A set. One that nobody wrote to is empty.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict]
    <V> SetOfView<V> set(String name, TypeRef<V> values);

    /// A register. One that nobody wrote to has no value.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict]
    <V> RegisterView<V> register(String name, TypeRef<V> values);

    /// A list. One that nobody wrote to is empty.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict]
    <V> SequenceView<V> list(String name, TypeRef<V> values);

    /// A collection of documents. One that nobody wrote to is empty.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict]
    <V> DocumentsView<V> collection(String name, TypeRef<V> values);

    /// A graph. One that nobody wrote to is empty.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict]
    <V> GraphView<V> graph(String name, TypeRef<V> values);

    /// Blobs. What nobody wrote to is empty.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#counter]
    BlobsView blobs(String name);

    /// A sketch. One that nobody wrote to is empty.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict], and when it answers
    ///     [SketchQuestion#QUANTILES] and the values are no numbers
    <V> SketchView<V> sketch(String name, TypeRef<V> values);
}
