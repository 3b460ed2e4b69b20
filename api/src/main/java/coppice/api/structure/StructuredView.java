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
}
