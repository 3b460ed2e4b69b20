package coppice.api.structure;

/// A number that is not known exactly.
///
/// @param value the best that can be said
/// @param lower what it is at least, in all likelihood; whose answer it is says how likely
/// @param upper what it is at most, likewise
public record Estimate(long value, long lower, long upper) {}
