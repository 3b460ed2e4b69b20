package coppice.api.structure;

/// What has structures to read: a version, a snapshot.
public interface StructuredView {
    /// All that can be read of structures and their names.
    StructuresView structures();

    /// A dict; see [StructuresView#dict].
    default <V> DictView<V> dict(String name, TypeRef<V> values) {
        return structures().dict(name, values);
    }

    /// A dict of a class; see [StructuresView#dict].
    default <V> DictView<V> dict(String name, Class<V> values) {
        return dict(name, TypeRef.of(values));
    }

    /// An untyped dict; see [StructuresView#dict] and [TypeRef#untyped()].
    default DictView<Object> dict(String name) {
        return dict(name, TypeRef.untyped());
    }

    /// An encrypted dict; see [StructuresView#dict(String, TypeRef, Secret)].
    default <V> DictView<V> dict(String name, TypeRef<V> values, Secret secret) {
        return structures().dict(name, values, secret);
    }

    /// An encrypted dict of a class; see [StructuresView#dict(String, TypeRef, Secret)].
    default <V> DictView<V> dict(String name, Class<V> values, Secret secret) {
        return dict(name, TypeRef.of(values), secret);
    }

    /// An untyped encrypted dict; see [StructuresView#dict(String, TypeRef, Secret)] and [TypeRef#untyped()].
    default DictView<Object> dict(String name, Secret secret) {
        return dict(name, TypeRef.untyped(), secret);
    }

    /// A queue of jobs; see [StructuresView#queue].
    default <V> WorkQueueView<V> queue(String name, TypeRef<V> values) {
        return structures().queue(name, values);
    }

    /// A queue of jobs of a class; see [StructuresView#queue].
    default <V> WorkQueueView<V> queue(String name, Class<V> values) {
        return queue(name, TypeRef.of(values));
    }

    /// An untyped queue of jobs; see [StructuresView#queue] and [TypeRef#untyped()].
    default WorkQueueView<Object> queue(String name) {
        return queue(name, TypeRef.untyped());
    }

    /// A log of events; see [StructuresView#eventLog].
    default <V> EventLogView<V> eventLog(String name, TypeRef<V> values) {
        return structures().eventLog(name, values);
    }

    /// A log of events of a class; see [StructuresView#eventLog].
    default <V> EventLogView<V> eventLog(String name, Class<V> values) {
        return eventLog(name, TypeRef.of(values));
    }

    /// An untyped log of events; see [StructuresView#eventLog] and [TypeRef#untyped()].
    default EventLogView<Object> eventLog(String name) {
        return eventLog(name, TypeRef.untyped());
    }

    /// A counter; see [StructuresView#counter].
    default CounterView counter(String name) {
        return structures().counter(name);
    }

    /// A set; see [StructuresView#set].
    default <V> SetOfView<V> set(String name, TypeRef<V> values) {
        return structures().set(name, values);
    }

    /// A set of a class; see [StructuresView#set].
    default <V> SetOfView<V> set(String name, Class<V> values) {
        return set(name, TypeRef.of(values));
    }

    /// An untyped set; see [StructuresView#set] and [TypeRef#untyped()].
    default SetOfView<Object> set(String name) {
        return set(name, TypeRef.untyped());
    }

    /// A register; see [StructuresView#register].
    default <V> RegisterView<V> register(String name, TypeRef<V> values) {
        return structures().register(name, values);
    }

    /// A register of a class; see [StructuresView#register].
    default <V> RegisterView<V> register(String name, Class<V> values) {
        return register(name, TypeRef.of(values));
    }

    /// An untyped register; see [StructuresView#register] and [TypeRef#untyped()].
    default RegisterView<Object> register(String name) {
        return register(name, TypeRef.untyped());
    }

    /// A list; see [StructuresView#list].
    default <V> SequenceView<V> list(String name, TypeRef<V> values) {
        return structures().list(name, values);
    }

    /// A list of a class; see [StructuresView#list].
    default <V> SequenceView<V> list(String name, Class<V> values) {
        return list(name, TypeRef.of(values));
    }

    /// An untyped list; see [StructuresView#list] and [TypeRef#untyped()].
    default SequenceView<Object> list(String name) {
        return list(name, TypeRef.untyped());
    }

    /// A collection of documents; see [StructuresView#collection].
    default <V> DocumentsView<V> collection(String name, TypeRef<V> values) {
        return structures().collection(name, values);
    }

    /// A collection of documents of a class; see [StructuresView#collection].
    default <V> DocumentsView<V> collection(String name, Class<V> values) {
        return collection(name, TypeRef.of(values));
    }

    /// A collection of untyped documents; see [StructuresView#collection] and [TypeRef#untyped()].
    default DocumentsView<Object> collection(String name) {
        return collection(name, TypeRef.untyped());
    }

    /// A graph; see [StructuresView#graph].
    default <V> GraphView<V> graph(String name, TypeRef<V> values) {
        return structures().graph(name, values);
    }

    /// A graph of a class; see [StructuresView#graph].
    default <V> GraphView<V> graph(String name, Class<V> values) {
        return graph(name, TypeRef.of(values));
    }

    /// An untyped graph; see [StructuresView#graph] and [TypeRef#untyped()].
    default GraphView<Object> graph(String name) {
        return graph(name, TypeRef.untyped());
    }

    /// Blobs; see [StructuresView#blobs].
    default BlobsView blobs(String name) {
        return structures().blobs(name);
    }

    /// A sketch, with the options that it was made with; see [StructuresView#sketch(String, TypeRef)].
    default <V> SketchView<V> sketch(String name, TypeRef<V> values) {
        return structures().sketch(name, values);
    }

    /// A sketch of a class; see [StructuresView#sketch(String, TypeRef)].
    default <V> SketchView<V> sketch(String name, Class<V> values) {
        return sketch(name, TypeRef.of(values));
    }

    /// An untyped sketch; see [StructuresView#sketch(String, TypeRef)] and [TypeRef#untyped()].
    default SketchView<Object> sketch(String name) {
        return sketch(name, TypeRef.untyped());
    }
}
