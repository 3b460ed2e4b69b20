package coppice.kernel.tree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Leaves under one inner node, side by side: where the bytes of each are, and the shape of each, as [Leaf] takes
/// it. Links and nodes lie scattered, so that who seeks one row in many waits for memory before it knows where the
/// leaf is; with this it knows that at once.
///
/// [NodeCache] fills and empties it, under its lock; readers take none. A place is always that of the same leaf,
/// so what is read while it is emptied and filled again is right.
final class Leaves {
    private static final VarHandle CONTENT = MethodHandles.arrayElementVarHandle(byte[][].class);

    private final byte[] @Nullable [] contents;
    private final long[] shapes;
    private final byte[] lives;
    /// Whether the inner node is out of use, so that others may have its leaves. Guarded by the lock of the cache;
    /// for who reads it without, a hint.
    private boolean isReleased;

    Leaves(int count) {
        this.contents = new byte[count][];
        this.shapes = new long[count];
        this.lives = new byte[count];
    }

    /// The bytes of a leaf that is wanted for itself: it is marked as used. Null when it is not here.
    byte @Nullable [] find(int place) {
        byte[] content = (byte[]) CONTENT.getAcquire(contents, place);
        if (content != null && lives[place] == 0) {
            lives[place] = NodeCache.LEAF_LIVES;
        }
        return content;
    }

    /// The shape, as [Leaf] takes it, of a leaf that is or was here; 0 when none was.
    long shape(int place) {
        return shapes[place];
    }

    void put(int place, Node leaf) {
        shapes[place] = leaf.shape();
        CONTENT.setRelease(contents, place, leaf.bytes());
    }

    void remove(int place) {
        CONTENT.setRelease(contents, place, null);
        lives[place] = 0;
    }

    boolean isUsed(int place) {
        return lives[place] > 0;
    }

    void forgetUse(int place) {
        lives[place] = 0;
    }

    void release() {
        isReleased = true;
    }

    boolean isReleased() {
        return isReleased;
    }
}
