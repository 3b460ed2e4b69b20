package coppice.engine.state;

import coppice.api.Cursor;
import coppice.api.Range;
import coppice.engine.delta.Delta;
import coppice.engine.delta.DeltaCursor;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A walk over a range of a space: the tree's rows and the changes over them, merged. Where nothing changed it is
/// the tree's own walk, which makes no object per entry.
public final class StateCursor implements Cursor {
    private final coppice.kernel.tree.Cursor rows;
    private final @Nullable Changes changes;
    private final byte @Nullable [] limit; // exclusive going up, inclusive going down; null: none
    private final boolean down;
    private boolean rowPending;
    private boolean onChange;
    private boolean started;
    private boolean ended;

    StateCursor(SpaceState space, Range range) {
        this.rows = space.base().cursor();
        this.changes = space.isUnfolded() ? new Changes(space.recent(), space.aside(), range.isReversed()) : null;
        this.down = range.isReversed();
        byte[] lower = range.lower();
        byte[] upper = range.upper().orElse(null);
        this.limit = down ? (lower.length == 0 ? null : lower) : upper;
        this.start = down ? upper : (lower.length == 0 ? null : lower);
    }

    private final byte @Nullable [] start;

    @Override
    public boolean next() {
        if (ended) {
            return false;
        }
        if (!step() || beyondLimit()) {
            ended = true;
            return false;
        }
        return true;
    }

    private boolean step() {
        if (!started) {
            started = true;
            rowPending = firstRow();
            if (changes != null) {
                changes.start(start);
            }
        } else if (onChange) {
            advanceChange();
        } else {
            rowPending = nextRow();
        }
        return changes == null ? rowPending : choose(changes);
    }

    private boolean firstRow() {
        byte[] from = start;
        if (from == null) {
            return down ? rows.last() : rows.first();
        }
        return down ? rows.seekBefore(from) : rows.seek(from);
    }

    private boolean nextRow() {
        return down ? rows.previous() : rows.next();
    }

    private void advanceChange() {
        if (changes != null) {
            changes.advance();
        }
    }

    /// Stands on the nearer of row and change; a change hides the row of the same key, a removal hides both.
    @SuppressWarnings("ReferenceEquality") // a removal is an identity, not a content
    private boolean choose(Changes over) {
        while (over.present()) {
            int order = rowPending ? rows.compareKey(over.key()) : 1;
            if (rowPending && (down ? order > 0 : order < 0)) {
                onChange = false;
                return true;
            }
            if (rowPending && order == 0) {
                rowPending = nextRow();
            }
            if (over.value() != Delta.REMOVED) {
                onChange = true;
                return true;
            }
            over.advance();
        }
        onChange = false;
        return rowPending;
    }

    private boolean beyondLimit() {
        byte[] bound = limit;
        if (bound == null) {
            return false;
        }
        int order = onChange ? Arrays.compareUnsigned(changed().key(), bound) : rows.compareKey(bound);
        return down ? order < 0 : order >= 0;
    }

    private Changes changed() {
        Changes over = changes;
        if (over == null || !onChange) {
            throw new IllegalStateException("The cursor is not at a change");
        }
        return over;
    }

    private void ensureOnEntry() {
        if (ended || !started) {
            throw new IllegalStateException("The cursor stands on no entry: look at what the last next() returned");
        }
    }

    @Override
    public int keyLength() {
        ensureOnEntry();
        return onChange ? changed().key().length : rows.keyLength();
    }

    @Override
    public byte keyAt(int index) {
        ensureOnEntry();
        return onChange
                ? changed().key()[index]
                : rows.keyArray()[rows.keyOffset() + Objects.checkIndex(index, rows.keyLength())];
    }

    @Override
    public byte[] key() {
        ensureOnEntry();
        return onChange ? changed().key().clone() : rows.key();
    }

    @Override
    public int valueLength() {
        ensureOnEntry();
        return onChange ? changed().value().length : rows.valueLength();
    }

    @Override
    public byte valueAt(int index) {
        ensureOnEntry();
        return onChange
                ? changed().value()[index]
                : rows.valueArray()[rows.valueOffset() + Objects.checkIndex(index, rows.valueLength())];
    }

    @Override
    public byte[] value() {
        ensureOnEntry();
        return onChange ? changed().value().clone() : rows.value();
    }

    @Override
    public int copyKey(byte[] into, int offset) {
        ensureOnEntry();
        if (onChange) {
            byte[] key = changed().key();
            System.arraycopy(key, 0, into, offset, key.length);
            return key.length;
        }
        System.arraycopy(rows.keyArray(), rows.keyOffset(), into, offset, rows.keyLength());
        return rows.keyLength();
    }

    @Override
    public int copyValue(byte[] into, int offset) {
        ensureOnEntry();
        if (onChange) {
            byte[] value = changed().value();
            System.arraycopy(value, 0, into, offset, value.length);
            return value.length;
        }
        System.arraycopy(rows.valueArray(), rows.valueOffset(), into, offset, rows.valueLength());
        return rows.valueLength();
    }

    @Override
    public void close() {
        ended = true;
    }

    /// The recent changes over those put aside, walked in one direction.
    private static final class Changes {
        private final DeltaCursor recent;
        private final DeltaCursor aside;
        private final boolean down;
        private boolean hasRecent;
        private boolean hasAside;
        private boolean atRecent;

        Changes(Delta recent, Delta aside, boolean down) {
            this.recent = recent.cursor();
            this.aside = aside.cursor();
            this.down = down;
        }

        void start(byte @Nullable [] from) {
            seek(recent, from);
            seek(aside, from);
            hasRecent = move(recent);
            hasAside = move(aside);
            choose();
        }

        private void seek(DeltaCursor cursor, byte @Nullable [] from) {
            if (from != null) {
                cursor.seek(from);
            } else if (down) {
                cursor.seekEnd();
            }
        }

        private boolean move(DeltaCursor cursor) {
            return down ? cursor.previous() : cursor.next();
        }

        boolean present() {
            return hasRecent || hasAside;
        }

        byte[] key() {
            return atRecent ? recent.key() : aside.key();
        }

        byte[] value() {
            return atRecent ? recent.value() : aside.value();
        }

        void advance() {
            if (atRecent) {
                hasRecent = move(recent);
            } else {
                hasAside = move(aside);
            }
            choose();
        }

        private void choose() {
            if (!hasRecent || !hasAside) {
                atRecent = hasRecent;
                return;
            }
            int order = Arrays.compareUnsigned(recent.key(), aside.key());
            atRecent = down ? order >= 0 : order <= 0;
            if (order == 0) {
                hasAside = move(aside);
            }
        }
    }
}
