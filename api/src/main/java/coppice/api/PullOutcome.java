package coppice.api;

/// How a pull ended.
///
/// @param fetched what came
/// @param merged what became of it
public record PullOutcome(FetchOutcome fetched, MergeOutcome merged) {}
