package coppice.vector;

import coppice.api.search.Scan;
import java.util.List;

/// What a search found.
///
/// @param nearest the nearest first
/// @param scan in which form all were looked at
/// @param inFull how many could not be told apart from the nearest otherwise, and were compared in full
public record Scanned(List<Neighbor> nearest, Scan scan, long inFull) {}
