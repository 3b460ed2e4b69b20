package coppice.api.search;

/// A value that documents have, and how many have it.
///
/// @param value as text; of a value that is no text, as JSON has it
/// @param count of documents
public record Facet(String value, long count) {}
