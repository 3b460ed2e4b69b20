package coppice.api;

/// A field of a JSON document and the commit that its value comes from; see [HistoryView#blameFields].
///
/// @param path where, as names joined by dots and `[index]`; empty for a document that is one plain value
/// @param value the field's value, as JSON text
/// @param commit the commit that gave it this value
public record FieldBlame(String path, String value, Commit commit) {}
