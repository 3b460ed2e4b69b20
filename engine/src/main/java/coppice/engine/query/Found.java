package coppice.engine.query;

import coppice.engine.state.SpaceState;
import coppice.expression.Value;
import coppice.projection.IndexEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A row on its way through the steps of a plan. Its document is read when it is first asked for. One thread.
final class Found {
    private static final byte[] NOTHING = {};

    private final SpaceState rows;
    private final @Nullable IndexEntry entry;
    private final byte[] key;
    private byte @Nullable [] document;
    private byte @Nullable [] selected;
    private @Nullable List<Value> values;
    private byte[] order = NOTHING;

    /// A row by its key, perhaps with its document.
    Found(SpaceState rows, byte[] key, byte @Nullable [] document) {
        this(rows, key, document, null);
    }

    /// The row of an entry.
    Found(SpaceState rows, IndexEntry entry) {
        this(rows, entry.rowKey(), null, entry);
    }

    private Found(SpaceState rows, byte[] key, byte @Nullable [] document, @Nullable IndexEntry entry) {
        this.entry = entry;
        this.rows = rows;
        this.key = key;
        this.document = document;
    }

    /// Reads the documents of rows that will be asked for theirs: at once, which costs less than one by one.
    static void read(SpaceState rows, List<Found> some) {
        List<Found> unread = new ArrayList<>(some.size());
        for (Found found : some) {
            if (found.document == null && found.selected == null) {
                unread.add(found);
            }
        }
        byte[][] keys = new byte[unread.size()][];
        Arrays.setAll(keys, i -> unread.get(i).key);
        byte[] @Nullable [] documents = rows.getAll(keys);
        for (int i = 0; i < documents.length; i++) {
            unread.get(i).document = documents[i];
        }
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

    /// What an index says of it.
    List<Value> given(Coverage coverage) {
        List<Value> known = values;
        if (known == null) {
            known = coverage.values(entry());
            values = known;
        }
        return known;
    }

    /// The entry it was found by, where it was.
    IndexEntry entry() {
        return Objects.requireNonNull(entry, "only what an index gives has entries");
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
        values = null;
    }

    /// The heap that it holds without its document, about, in bytes.
    long bytes() {
        int entryBytes = entry == null ? 0 : 64 + entry.sortKey().length + entry.stored().length;
        return 112L + key.length + order.length + entryBytes;
    }
}
