package coppice.engine.state;

import coppice.engine.delta.Delta;
import coppice.engine.delta.DeltaCursor;
import coppice.kernel.tree.Edits;
import org.jspecify.annotations.Nullable;

/// The changes of a delta as edits of a tree.
public final class DeltaEdits implements Edits {
    private final DeltaCursor cursor;

    /// The changes, in order.
    public DeltaEdits(Delta delta) {
        this.cursor = delta.cursor();
    }

    @Override
    public boolean advance() {
        return cursor.next();
    }

    @Override
    public byte[] key() {
        return cursor.key();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a removal is an identity, not a content
    public byte @Nullable [] value() {
        byte[] value = cursor.value();
        return value == Delta.REMOVED ? null : value;
    }
}
