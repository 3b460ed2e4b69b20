package coppice.api;

import java.util.Optional;

/// One difference inside two JSON documents: the finest member that differs.
///
/// @param path where, as names joined by dots and `[index]`; empty for the whole value
/// @param before the member before, as JSON text; nothing when it was added
/// @param after the member after, as JSON text; nothing when it was removed
public record FieldChange(String path, Optional<String> before, Optional<String> after) {}
