package coppice.kernel.tree;

import org.jspecify.annotations.Nullable;

/// A key that both sides of a merge changed differently. Values are read when asked for. Immutable, valid as
/// long as the trees' chunks are there.
public final class MergeConflict {
    /// A place in a leaf.
    record Place(Nodes nodes, Node node, int entry) {
        byte[] value() {
            return nodes.value(node, entry);
        }
    }

    private final byte[] key;
    private final @Nullable Place base;
    private final @Nullable Place ours;
    private final @Nullable Place theirs;

    MergeConflict(byte[] key, @Nullable Place base, @Nullable Place ours, @Nullable Place theirs) {
        this.key = key;
        this.base = base;
        this.ours = ours;
        this.theirs = theirs;
    }

    /// A copy of the key.
    public byte[] key() {
        return key.clone();
    }

    /// Its value in the common ancestor, null when it was not there.
    public byte @Nullable [] base() {
        return value(base);
    }

    /// Its value on our side, null when it is not there.
    public byte @Nullable [] ours() {
        return value(ours);
    }

    /// Its value on their side, null when it is not there.
    public byte @Nullable [] theirs() {
        return value(theirs);
    }

    /// Whether our side has the key. Reads nothing.
    public boolean isInOurs() {
        return ours != null;
    }

    /// Whether their side has the key. Reads nothing.
    public boolean isInTheirs() {
        return theirs != null;
    }

    private static byte @Nullable [] value(@Nullable Place place) {
        return place == null ? null : place.value();
    }
}
