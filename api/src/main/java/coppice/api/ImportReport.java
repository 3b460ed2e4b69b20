package coppice.api;

/// What an import has read.
///
/// @param rows how many lines
/// @param bytes the size of their keys and values
public record ImportReport(long rows, long bytes) {}
