package coppice.engine.state;

import coppice.api.Cursor;
import coppice.api.Range;
import coppice.engine.delta.Delta;
import coppice.engine.delta.DeltaCursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A walk over a range of a space: the tree's rows and the changes over them, merged. Where nothing changed it is
/// the tree's own walk, which makes no object per entry.
public final class StateCursor implements Cursor {
    /// What the cursor stands on.
    private enum Place {
        NOTHING,
        ROW,
        CHANGE
    }

    private final coppice.kernel.tree.Cursor rows;
    private final @Nullable Changes changes;
    private final byte @Nullable [] start;
    private final byte @Nullable [] limit; // exclusive going up, inclusive going down; null: none
    private final boolean down;
    private boolean plain; // nothing but the rows from here to the end
    private boolean rowPending;
    private boolean started;
    private boolean ended;
    private Place place = Place.NOTHING;

    StateCursor(SpaceState space, Range range) {
        this(space, range.lower(), range.upper().orElse(null), range.isReversed());
    }

    StateCursor(SpaceState space, byte[] from, byte @Nullable [] to, boolean down) {
        this.rows = space.base().cursor();
        this.changes = space.isUnfolded() ? new Changes(space.recent(), space.aside(), down) : null;
        this.down = down;
        byte[] lower = from.length == 0 ? null : from;
        this.limit = down ? lower : to;
        this.start = down ? to : lower;
    }

    @Override
    public boolean next() {
        if (plain) {
            return rows.next() || end();
        }
        if (ended) {
            return false;
        }
        if (!step() || beyondLimit()) {
            return end();
        }
        plain = changes == null && limit == null && !down;
        return true;
    }

    private boolean end() {
        plain = false;
        ended = true;
        place = Place.NOTHING;
        return false;
    }

    private boolean step() {
        if (!started) {
            started = true;
            rowPending = firstRow();
            if (changes != null) {
                changes.start(start);
            }
        } else if (place == Place.CHANGE) {
            advanceChange();
        } else {
            rowPending = nextRow();
        }
        if (changes != null) {
            return choose(changes);
        }
        place = Place.ROW;
        return rowPending;
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
                place = Place.ROW;
                return true;
            }
            if (rowPending && order == 0) {
                rowPending = nextRow();
            }
            if (over.value() != Delta.REMOVED) {
                place = Place.CHANGE;
                return true;
            }
            over.advance();
        }
        place = Place.ROW;
        return rowPending;
    }

    private boolean beyondLimit() {
        byte[] bound = limit;
        if (bound == null) {
            return false;
        }
        int order = place == Place.CHANGE ? Arrays.compareUnsigned(changed().key(), bound) : rows.compareKey(bound);
        return down ? order < 0 : order >= 0;
    }

    private Changes changed() {
        Changes over = changes;
        if (over == null || place != Place.CHANGE) {
            throw new IllegalStateException("The cursor stands on no entry: look at what the last next() returned");
        }
        return over;
    }

    @Override
    public int keyLength() {
        return place == Place.ROW ? rows.keyLength() : changed().key().length;
    }

    @Override
    public byte keyAt(int index) {
        return place == Place.ROW ? rows.keyAt(index) : changed().key()[index];
    }

    @Override
    public byte[] key() {
        return place == Place.ROW ? rows.key() : changed().key().clone();
    }

    @Override
    public int valueLength() {
        return place == Place.ROW ? rows.valueLength() : changed().value().length;
    }

    @Override
    public byte valueAt(int index) {
        return place == Place.ROW ? rows.valueAt(index) : changed().value()[index];
    }

    @Override
    public byte[] value() {
        return place == Place.ROW ? rows.value() : changed().value().clone();
    }

    @Override
    public int copyKey(byte[] into, int offset) {
        return place == Place.ROW ? rows.copyKey(into, offset) : copy(changed().key(), into, offset);
    }

    @Override
    public int copyValue(byte[] into, int offset) {
        return place == Place.ROW
                ? rows.copyValue(into, offset)
                : copy(changed().value(), into, offset);
    }

    private static int copy(byte[] from, byte[] into, int offset) {
        System.arraycopy(from, 0, into, offset, from.length);
        return from.length;
    }

    @Override
    public void close() {
        end();
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
