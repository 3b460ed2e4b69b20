package coppice.kernel.tree;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A stream of changes to a tree, in strictly ascending order of keys. Read once, by one thread.
///
/// A source of many edits implements this on its own storage, so that no object is made per edit.
public interface Edits {
    /// Goes to the next edit, at first to the first. False when there is none.
    boolean advance();

    /// The key of the current edit. The array is only read, and only until the next [#advance].
    byte[] key();

    /// The value to put under the key, or null to delete the key.
    byte @Nullable [] value();

    /// The edits of a list or another sequence, which is in strictly ascending order of keys.
    static Edits of(Iterable<Edit> sorted) {
        Iterator<Edit> edits = sorted.iterator();
        return new Edits() {
            private @Nullable Edit current;

            @Override
            public boolean advance() {
                current = edits.hasNext() ? edits.next() : null;
                return current != null;
            }

            @Override
            public byte[] key() {
                return current().key();
            }

            @Override
            public byte @Nullable [] value() {
                return current().value();
            }

            private Edit current() {
                Edit edit = current;
                if (edit == null) {
                    throw new IllegalStateException(
                            "There is no current edit: call advance() first, and see what it says");
                }
                return edit;
            }
        };
    }
}
