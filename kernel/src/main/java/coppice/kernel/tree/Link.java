package coppice.kernel.tree;

import org.jspecify.annotations.Nullable;

/// A place that leads to a node: shared by all parents, of all versions, that have the node as a child, so that the
/// cache lets go of it in one place.
///
/// Read and written without synchronisation: a [Node] has only final fields, so whoever sees it sees it whole; who
/// does not see it yet loads an equal one.
final class Link {
    /// Null until loaded, and again after eviction.
    @Nullable
    Node node;

    /// Lives left in the cache. Written only when it changes, so that hot reads share the cache line.
    byte lives;

    /// Whether the cache has noted that there is a newer version. Guarded by its lock.
    boolean old;

    Link() {}

    Link(Node node) {
        this.node = node;
    }
}
