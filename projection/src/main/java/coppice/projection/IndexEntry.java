package coppice.projection;

/// What an entry of an index says.
///
/// @param sortKey the values of its columns, as [coppice.expression.SortKeyWriter] writes them
/// @param rowKey the key of the row
/// @param stored the members that are kept beside, a JSON object; empty when the index keeps none
public record IndexEntry(byte[] sortKey, byte[] rowKey, byte[] stored) {}
