package coppice.projection;

/// What a projection makes of rows. Immutable; for any number of threads.
public sealed interface Shape permits RowShape, IndexShape, GroupShape {}
