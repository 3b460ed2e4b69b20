package coppice.api.structure;

/// What has structures to read and write: a branch, a transaction, the current branch of a database.
public interface Structured extends StructuredView {
    /// All that can be done with structures and their names.
    @Override
    Structures structures();

    /// A dict; see [Structures#dict].
    @Override
    default <V> Dict<V> dict(String name, TypeRef<V> values) {
        return structures().dict(name, values);
    }

    /// A dict of a class; see [Structures#dict].
    @Override
    default <V> Dict<V> dict(String name, Class<V> values) {
        return dict(name, TypeRef.of(values));
    }

    /// An untyped dict; see [Structures#dict] and [TypeRef#untyped()].
    @Override
    default Dict<Object> dict(String name) {
        return dict(name, TypeRef.untyped());
    }

    /// An encrypted dict; see [Structures#dict(String, TypeRef, Secret)].
    @Override
    default <V> Dict<V> dict(String name, TypeRef<V> values, Secret secret) {
        return structures().dict(name, values, secret);
    }

    /// An encrypted dict of a class; see [Structures#dict(String, TypeRef, Secret)].
    @Override
    default <V> Dict<V> dict(String name, Class<V> values, Secret secret) {
        return dict(name, TypeRef.of(values), secret);
    }

    /// An untyped encrypted dict; see [Structures#dict(String, TypeRef, Secret)] and [TypeRef#untyped()].
    @Override
    default Dict<Object> dict(String name, Secret secret) {
        return dict(name, TypeRef.untyped(), secret);
    }

    /// A queue of jobs; see [Structures#queue].
    @Override
    default <V> WorkQueue<V> queue(String name, TypeRef<V> values) {
        return structures().queue(name, values);
    }

    /// A queue of jobs of a class; see [Structures#queue].
    @Override
    default <V> WorkQueue<V> queue(String name, Class<V> values) {
        return queue(name, TypeRef.of(values));
    }

    /// An untyped queue of jobs; see [Structures#queue] and [TypeRef#untyped()].
    @Override
    default WorkQueue<Object> queue(String name) {
        return queue(name, TypeRef.untyped());
    }

    /// A log of events; see [Structures#eventLog].
    @Override
    default <V> EventLog<V> eventLog(String name, TypeRef<V> values) {
        return structures().eventLog(name, values);
    }

    /// A log of events of a class; see [Structures#eventLog].
    @Override
    default <V> EventLog<V> eventLog(String name, Class<V> values) {
        return eventLog(name, TypeRef.of(values));
    }

    /// An untyped log of events; see [Structures#eventLog] and [TypeRef#untyped()].
    @Override
    default EventLog<Object> eventLog(String name) {
        return eventLog(name, TypeRef.untyped());
    }

    /// A counter; see [Structures#counter].
    @Override
    default Counter counter(String name) {
        return structures().counter(name);
    }

    /// A set; see [Structures#set].
    @Override
    default <V> SetOf<V> set(String name, TypeRef<V> values) {
        return structures().set(name, values);
    }

    /// A set of a class; see [Structures#set].
    @Override
    default <V> SetOf<V> set(String name, Class<V> values) {
        return set(name, TypeRef.of(values));
    }

    /// An untyped set; see [Structures#set] and [TypeRef#untyped()].
    @Override
    default SetOf<Object> set(String name) {
        return set(name, TypeRef.untyped());
    }

    /// A register; see [Structures#register].
    @Override
    default <V> Register<V> register(String name, TypeRef<V> values) {
        return structures().register(name, values);
    }

    /// A register of a class; see [Structures#register].
    @Override
    default <V> Register<V> register(String name, Class<V> values) {
        return register(name, TypeRef.of(values));
    }

    /// An untyped register; see [Structures#register] and [TypeRef#untyped()].
    @Override
    default Register<Object> register(String name) {
        return register(name, TypeRef.untyped());
    }

    /// A list; see [Structures#list].
    @Override
    default <V> Sequence<V> list(String name, TypeRef<V> values) {
        return structures().list(name, values);
    }

    /// A list of a class; see [Structures#list].
    @Override
    default <V> Sequence<V> list(String name, Class<V> values) {
        return list(name, TypeRef.of(values));
    }

    /// An untyped list; see [Structures#list] and [TypeRef#untyped()].
    @Override
    default Sequence<Object> list(String name) {
        return list(name, TypeRef.untyped());
    }

    /// A collection of documents; see [Structures#collection].
    @Override
    default <V> Documents<V> collection(String name, TypeRef<V> values) {
        return structures().collection(name, values);
    }

    /// A collection of documents of a class; see [Structures#collection].
    @Override
    default <V> Documents<V> collection(String name, Class<V> values) {
        return collection(name, TypeRef.of(values));
    }

    /// A collection of untyped documents; see [Structures#collection] and [TypeRef#untyped()].
    @Override
    default Documents<Object> collection(String name) {
        return collection(name, TypeRef.untyped());
    }

    /// A graph; see [Structures#graph].
    @Override
    default <V> Graph<V> graph(String name, TypeRef<V> values) {
        return structures().graph(name, values);
    }

    /// A graph of a class; see [Structures#graph].
    @Override
    default <V> Graph<V> graph(String name, Class<V> values) {
        return graph(name, TypeRef.of(values));
    }

    /// An untyped graph; see [Structures#graph] and [TypeRef#untyped()].
    @Override
    default Graph<Object> graph(String name) {
        return graph(name, TypeRef.untyped());
    }

    /// Blobs; see [Structures#blobs].
    @Override
    default Blobs blobs(String name) {
        return structures().blobs(name);
    }

    /// A sketch, with the options that it was made with; see [Structures#sketch(String, TypeRef)].
    @Override
    default <V> Sketch<V> sketch(String name, TypeRef<V> values) {
        return structures().sketch(name, values);
    }

    /// A sketch of a class; see [Structures#sketch(String, TypeRef)].
    @Override
    default <V> Sketch<V> sketch(String name, Class<V> values) {
        return sketch(name, TypeRef.of(values));
    }

    /// An untyped sketch; see [Structures#sketch(String, TypeRef)] and [TypeRef#untyped()].
    @Override
    default Sketch<Object> sketch(String name) {
        return sketch(name, TypeRef.untyped());
    }

    /// A sketch, made with these options if it is not there; see
    /// [Structures#sketch(String, TypeRef, SketchOptions)].
    default <V> Sketch<V> sketch(String name, TypeRef<V> values, SketchOptions options) {
        return structures().sketch(name, values, options);
    }

    /// A sketch of a class; see [Structures#sketch(String, TypeRef, SketchOptions)].
    default <V> Sketch<V> sketch(String name, Class<V> values, SketchOptions options) {
        return sketch(name, TypeRef.of(values), options);
    }

    /// An untyped sketch; see [Structures#sketch(String, TypeRef, SketchOptions)] and [TypeRef#untyped()].
    default Sketch<Object> sketch(String name, SketchOptions options) {
        return sketch(name, TypeRef.untyped(), options);
    }
}
