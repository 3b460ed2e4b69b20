package coppice.api.structure;

/// A key of a dict and its value.
public record DictEntry<V>(String key, V value) {}
