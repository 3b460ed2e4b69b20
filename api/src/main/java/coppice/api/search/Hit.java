package coppice.api.search;

/// A document that a search found.
///
/// @param id what it is called in its collection
/// @param score greater is better; what it means says who searched
public record Hit<V>(String id, V document, double score) {}
