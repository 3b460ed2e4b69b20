package coppice.api.structure;

/// The structures of a branch: as it is now, or as a transaction sees it.
///
/// A structure is there as soon as something was written to it; opening one costs a look at what its name stands
/// for. Its name is that of the space which holds its rows, and versioned with them. A space that was filled in
/// other ways is taken over by the first write as a structure, where its rows fit that.
///
/// Names are those of spaces, of at most 240 bytes, and do not begin with `@`.
public interface Structures extends StructuresView {
    /// A dict.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when the name stands for another kind of structure or for
    ///     values of another type (all may be opened untyped), or cannot be a name
    @Override
    <V> Dict<V> dict(String name, TypeRef<V> values);

    /// A queue of jobs.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict]
    @Override
    <V> WorkQueue<V> queue(String name, TypeRef<V> values);

    /// A log of events.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict]
    @Override
    <V> EventLog<V> eventLog(String name, TypeRef<V> values);

    /// A counter.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when the name stands for another kind of structure, or
    ///     cannot be a name
    @Override
    Counter counter(String name);

    /// A set.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict]
    @Override
    <V> SetOf<V> set(String name, TypeRef<V> values);

    /// A register.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict]
    @Override
    <V> Register<V> register(String name, TypeRef<V> values);

    /// A list.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict]
    @Override
    <V> Sequence<V> list(String name, TypeRef<V> values);

    /// A graph.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict]
    @Override
    <V> Graph<V> graph(String name, TypeRef<V> values);

    /// Blobs.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#counter]
    @Override
    Blobs blobs(String name);

    /// Removes a structure with all that is in it, as one step. Costs O(n).
    ///
    /// @return whether there was one
    boolean drop(String name);

    /// Gives a structure another name, as one step. Costs O(n).
    ///
    /// @throws coppice.api.DatabaseException.NotFound when there is none of this name
    /// @throws coppice.api.DatabaseException.Incorrect when the new name cannot be one, or is taken
    void rename(String name, String newName);

    /// Says that the values of a structure are of another type from here on: a class that was renamed or replaced.
    /// Changes no value: those that do not fit the new type fail to be read.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when there is none of this name
    void retype(String name, TypeRef<?> values);
}
