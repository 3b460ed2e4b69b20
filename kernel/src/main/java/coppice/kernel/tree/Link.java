package coppice.kernel.tree;

import org.jspecify.annotations.Nullable;

/// A place that leads to a node: shared by all parents, of all versions, that have the node as a child, so that the
/// cache lets go of it in one place.
///
/// Read and written without synchronisation: all of a [Node] but its caches is final, so whoever sees it sees it
/// whole; who does not see it yet loads an equal one.
final class Link {
    /// Null until loaded, and again after eviction.
    @Nullable
    Node node;

    /// Lives left in the cache. Written only when it changes, so that hot reads share the cache line.
    byte lives;

    /// Whether the cache has noted that there is a newer version. Guarded by its lock.
    boolean old;

    /// Where a leaf is near, and in which place there. Guarded by the lock of the cache; for
    /// who reads it without, a hint.
    private @Nullable Leaves near;

    private char place;

    Link() {}

    Link(Node node) {
        this.node = node;
    }

    /// Whether the node stays for another turn of the cache: a use is worth one, or a few.
    boolean spendLife() {
        if (lives > 0) {
            lives--;
            return true;
        }
        boolean isUsed = isUsedNear();
        forgetUse();
        return isUsed;
    }

    /// Whether somebody used the node.
    boolean isUsed() {
        return lives > 0 || isUsedNear();
    }

    private boolean isUsedNear() {
        return near != null && near.isUsed(place);
    }

    void forgetUse() {
        lives = 0;
        if (near != null) {
            near.forgetUse(place);
        }
    }

    /// Whether the leaf may go beside those of another parent.
    boolean isFree() {
        Leaves known = near;
        return known == null || known.isReleased();
    }

    /// Puts the leaf beside others.
    void join(Leaves leaves, int at, Node leaf) {
        part();
        leaves.put(at, leaf);
        near = leaves;
        place = (char) at;
    }

    /// Takes the leaf away from where it is beside others.
    void part() {
        if (near != null) {
            near.remove(place);
            near = null;
        }
    }
}
