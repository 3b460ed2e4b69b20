package coppice.engine.query;

import coppice.engine.state.SpaceState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A row on its way through the steps of a plan. Its document is read when it is first asked for. One thread.
final class Found {
    private static final byte[] NOTHING = {};

    private final SpaceState rows;
    private final byte[] key;
    private byte @Nullable [] document;
    private byte @Nullable [] selected;
    private byte[] order = NOTHING;

    Found(SpaceState rows, byte[] key, byte @Nullable [] document) {
        this.rows = rows;
        this.key = key;
        this.document = document;
    }

    byte[] key() {
        return key;
    }

    byte[] document() {
        byte[] known = document;
        if (known == null) {
            known = Objects.requireNonNull(rows.get(key), "an index has no rows but those of its source");
            document = known;
        }
        return known;
    }

    /// What is given of it: the document, unless something was selected.
    byte[] given() {
        byte[] object = selected;
        return object == null ? document() : object;
    }

    /// Gives something else in place of the document.
    void select(byte[] object) {
        selected = object;
    }

    /// What it is ordered by, once that was worked out.
    byte[] order() {
        return order;
    }

    /// Keeps what it is ordered by.
    void order(byte[] sortKey) {
        order = sortKey;
    }

    /// Lets go of what can be read again.
    void forgetDocument() {
        document = null;
    }

    /// The heap that it holds without its document, about, in bytes.
    long bytes() {
        return 96L + key.length + order.length;
    }
}
