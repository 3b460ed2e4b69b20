package coppice.structure.graph;

/// An edge in stored form.
///
/// @param forward its key by where it begins
/// @param backward its key by where it ends
record StoredEdge(byte[] forward, byte[] backward, byte[] value) {}
