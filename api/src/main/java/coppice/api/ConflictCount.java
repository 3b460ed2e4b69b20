package coppice.api;

/// How many conflicts a merge has in one space.
///
/// @param space its name
/// @param open those that nothing decides yet
/// @param decided those that were decided in a kept merge
public record ConflictCount(String space, long open, long decided) {}
