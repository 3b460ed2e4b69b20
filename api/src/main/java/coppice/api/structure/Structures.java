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

    /// A dict whose values are encrypted, each by itself, with AES-256-GCM; it is made so by the first write. A
    /// value that was changed, or moved to another key or dict, is refused when it is read.
    ///
    /// **What is not hidden:** keys, lifetimes, the number of entries, how long values are, when and how often
    /// each was changed. Types, queries, projections and rules for merges that look into documents see nothing of
    /// the values. Values that two branches put for one key conflict when they are merged, also when they are
    /// equal. To put the value that is there already changes nothing. What is dumped is not encrypted. Who can
    /// write to the files can put an older version of a value back.
    ///
    /// To open it derives a key from a passphrase, once for each open database, with Argon2id: some 0.2 seconds
    /// and 64 MiB. With a key it costs some microseconds.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict(String, TypeRef)]; when the secret does not open
    ///     it; when the name stands for a dict that is not encrypted, or for a space that has rows already. An
    ///     encrypted dict that is opened without a secret is refused as well
    @Override
    <V> Dict<V> dict(String name, TypeRef<V> values, Secret secret);

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

    /// A collection of documents.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict]
    @Override
    <V> Documents<V> collection(String name, TypeRef<V> values);

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

    /// A sketch, with the options that it was made with. One that was not made yet cannot be added to.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#dict], and when it answers
    ///     [SketchQuestion#QUANTILES] and the values are no numbers
    @Override
    <V> Sketch<V> sketch(String name, TypeRef<V> values);

    /// A sketch. If it is not there, the first write makes it with these options.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect as [#sketch(String, TypeRef)], and when it was made with
    ///     other options, of which it says which
    <V> Sketch<V> sketch(String name, TypeRef<V> values, SketchOptions options);

    /// Removes a structure with all that is in it, as one step. Costs O(n).
    ///
    /// @return whether there was one
    boolean drop(String name);

    /// Gives a structure another name, as one step. Costs O(n).
    ///
    /// @throws coppice.api.DatabaseException.NotFound when there is none of this name
    /// @throws coppice.api.DatabaseException.Incorrect when the new name cannot be one, or is taken; and of an
    ///     encrypted dict, whose keys say what name they are of
    void rename(String name, String newName);

    /// As [#rename(String, String)], for an encrypted dict.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when the secret does not open it, too
    void rename(String name, String newName, Secret secret);

    /// Says that the values of a structure are of another type from here on: a class that was renamed or replaced.
    /// Changes no value: those that do not fit the new type fail to be read.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when there is none of this name
    void retype(String name, TypeRef<?> values);
}
