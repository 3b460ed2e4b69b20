package coppice.cli.source;

/// A row ready to be stored.
///
/// @param space the space it goes to
/// @param key its key
/// @param value its value
/// @param line where it came from, from 1
public record Row(String space, byte[] key, byte[] value, long line) {}
