package coppice.api;

/// How far two refs have gone apart.
///
/// @param ahead how many commits the first has that the second has not
/// @param behind how many commits the second has that the first has not
public record Divergence(long ahead, long behind) {}
