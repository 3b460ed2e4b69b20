package coppice.api.structure;

/// A document of a collection.
///
/// @param id what it is called there
public record Document<V>(String id, V value) {}
