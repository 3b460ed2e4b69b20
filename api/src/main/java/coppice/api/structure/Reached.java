package coppice.api.structure;

import java.util.Optional;

/// A document that was come to along the edges of a collection.
///
/// @param document with its id
/// @param before the id of the one that it was come to from; nothing for the one that was begun with
/// @param hops by how many edges
public record Reached<V>(Document<V> document, Optional<String> before, int hops) {}
