package coppice.api;

import java.util.List;
import java.util.Optional;

/// Some entries of a range, and how to go on.
///
/// @param entries in the order of the range
/// @param next the range of what follows, or nothing when this was the end
public record Page(List<Entry> entries, Optional<Range> next) {}
