package coppice.engine.delta;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An immutable sorted map from key to new value or [#REMOVED], the working changes over a tree.
///
/// A copy-on-write B+-tree (Bayer and Unterauer's prefix idea reduced to the first eight bytes of each key, kept
/// as a `long` beside it, so that most comparisons touch one array). Safe for use by many threads.
///
/// Byte arrays in it are shared, never copied: nobody may change them.
public final class Delta {
    /// Stands for "the key was removed". Compared by identity, never by content.
    public static final byte[] REMOVED = new byte[0];

    /// No changes.
    public static final Delta EMPTY = new Delta(Node.leaf(), 0, 0);

    /// What an entry costs in heap beyond its bytes: array headers, slots, prefix, at the usual fill.
    static final int ENTRY_BYTES = 64;

    /// So many changes at once, as recovery makes them, are sorted first; fewer would run code that is never warm.
    private static final int MANY = 50_000;

    /// A delta of up to so many times the changes is built anew with them.
    private static final int REBUILD_RATIO = 4;

    private final Node root;
    private final int size;
    private final long bytes;

    Delta(Node root, int size, long bytes) {
        this.root = root;
        this.size = size;
        this.bytes = bytes;
    }

    /// What is known of a key: its new value, [#REMOVED], or null when it did not change. O(log size), no
    /// allocation.
    public byte @Nullable [] find(byte[] key) {
        return size == 0 ? null : root.lookup(key);
    }

    /// How many keys changed.
    public int size() {
        return size;
    }

    /// Whether nothing changed.
    public boolean isEmpty() {
        return size == 0;
    }

    /// The heap held, roughly, in bytes.
    public long bytes() {
        return bytes;
    }

    /// Visits the keys of which this delta has another value, or one at all, than another delta has, in order: by
    /// identity, so a value that was written again counts as another. Costs little where one came from the other,
    /// as what both share is stepped over.
    public void differing(Delta other, Consumer<byte[]> keys) {
        if (size > 0) {
            new DeltaDifference(other, keys).visit(root, other.root);
        }
    }

    /// A walk over the changes, before the first.
    public DeltaCursor cursor() {
        return new DeltaCursor(root);
    }

    /// Begins a changed copy.
    public DeltaEditor edit() {
        return new DeltaEditor(root, size, bytes);
    }

    /// This delta with changes on top, in any order; of several of the same key the last counts. Keeps the arrays.
    public Delta with(byte[][] keys, byte[][] values) {
        if (keys.length >= MANY && keys.length >= size / REBUILD_RATIO) {
            return merged(keys, values);
        }
        DeltaEditor editor = edit();
        for (int i = 0; i < keys.length; i++) {
            editor.put(keys[i], values[i]);
        }
        return editor.done();
    }

    /// As [#with(byte[][], byte[][])], where a removal may leave nothing behind: that of a key which this delta
    /// has a value of, and nothing below it does. So what comes and goes takes no room, and nobody walks over it.
    ///
    /// @param isNew whether there is nothing of a key below this delta. May say no where it would cost too much to
    ///     know
    public Delta with(byte[][] keys, byte[][] values, Predicate<byte[]> isNew) {
        if (keys.length >= MANY) {
            return with(keys, values);
        }
        DeltaEditor editor = edit();
        for (int i = 0; i < keys.length; i++) {
            editor.put(keys[i], values[i], isNew);
        }
        return editor.done();
    }

    /// As [#with(byte[][], byte[][])], by sorting the changes and building everything anew: O(size + changes),
    /// quicker for very many.
    Delta merged(byte[][] keys, byte[][] values) {
        DeltaBuilder builder = new DeltaBuilder();
        DeltaCursor mine = cursor();
        boolean more = mine.next();
        for (int place : KeyOrder.of(keys)) {
            byte[] key = keys[place];
            int order = 1;
            while (more && (order = Arrays.compareUnsigned(mine.key(), key)) < 0) {
                builder.add(mine.key(), mine.value());
                more = mine.next();
            }
            if (more && order == 0) {
                more = mine.next();
            }
            builder.add(key, values[place]);
        }
        for (; more; more = mine.next()) {
            builder.add(mine.key(), mine.value());
        }
        return builder.done();
    }

    /// This delta with another's changes on top.
    public Delta over(Delta later) {
        if (isEmpty() || later.isEmpty()) {
            return isEmpty() ? later : this;
        }
        DeltaEditor editor = edit();
        for (DeltaCursor cursor = later.cursor(); cursor.next(); ) {
            editor.put(cursor.key(), cursor.value());
        }
        return editor.done();
    }
}
