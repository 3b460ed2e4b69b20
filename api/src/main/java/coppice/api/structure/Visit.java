package coppice.api.structure;

import java.util.Optional;

/// A node of a graph that was come to.
///
/// @param node the node
/// @param before from which one; nothing for the one that was begun with
/// @param hops by how many edges
/// @param cost what it cost to come there: the weights of the edges, or how many they are
public record Visit(String node, Optional<String> before, int hops, double cost) {}
