package coppice.kernel.tree;

/// Figures about the nodes in memory at one moment; see [Nodes].
///
/// @param limitBytes how much they may take, roots in use left out
/// @param bytes how much they take
/// @param nodes how many there are
/// @param misses how many nodes had to be read from chunks, roots among them
/// @param evictions how many had to make room for others
public record CacheStatistics(long limitBytes, long bytes, long nodes, long misses, long evictions) {}
