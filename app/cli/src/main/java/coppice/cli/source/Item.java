package coppice.cli.source;

import coppice.json.Json;

/// One row as it stands in a file.
///
/// @param value its fields, an object unless a JSON file holds something else
/// @param line where it begins, from 1
public record Item(Json value, long line) {}
