package coppice.api;

/// Another database, by a name of this one's own.
///
/// @param name as a part of a ref's name: `origin`
/// @param location a directory, or a file that [Bundles] wrote
public record Remote(String name, String location) {}
