package coppice.engine.reading;

import coppice.api.Cursor;
import coppice.api.Range;
import coppice.engine.meter.SamplingMeter;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.engine.storage.Gate;
import java.lang.ref.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A walk that fails in the terms of the API.
public final class GuardedCursor implements Cursor {
    private final StateCursor cursor;
    private final Gate gate;
    /// As long as this is reachable, the state is kept.
    private final Object holder;

    private final Roots.@Nullable Hold hold;

    /// Says how long it takes to the first entry, until it is there.
    private @Nullable SamplingMeter meter;

    private long begun;

    private GuardedCursor(StateCursor cursor, Gate gate, Roots.@Nullable Hold hold, Object holder) {
        this.cursor = cursor;
        this.gate = gate;
        this.hold = hold;
        this.holder = holder;
    }

    /// A walk that holds the state itself.
    static GuardedCursor holding(SpaceState state, Range range, Roots roots, Gate gate) {
        StateCursor cursor = state.scan(range);
        Roots.Hold hold =
                roots.hold(cursor, List.of(new Roots.OfTree(state.base().root())));
        return new GuardedCursor(cursor, gate, hold, cursor);
    }

    /// A walk over a state that somebody else holds as long as anything refers to him.
    public static GuardedCursor heldBy(Object holder, SpaceState state, Range range, Gate gate) {
        return new GuardedCursor(state.scan(range), gate, null, holder);
    }

    /// This walk, timed from what was begun to its first entry.
    GuardedCursor timed(SamplingMeter by, long since) {
        meter = by;
        begun = since;
        return this;
    }

    @Override
    public boolean next() {
        gate.ensureOpen();
        try {
            boolean found = cursor.next();
            if (meter != null) {
                meter.end(begun);
                meter = null;
            }
            return found;
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }

    @Override
    public int keyLength() {
        return cursor.keyLength();
    }

    @Override
    public byte keyAt(int index) {
        return cursor.keyAt(index);
    }

    @Override
    public byte[] key() {
        return cursor.key();
    }

    @Override
    public int valueLength() {
        return cursor.valueLength();
    }

    @Override
    public byte valueAt(int index) {
        try {
            return cursor.valueAt(index);
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }

    @Override
    public byte[] value() {
        try {
            return cursor.value();
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }

    @Override
    public int copyKey(byte[] into, int offset) {
        return cursor.copyKey(into, offset);
    }

    @Override
    public int copyValue(byte[] into, int offset) {
        try {
            return cursor.copyValue(into, offset);
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }

    @Override
    public void close() {
        try {
            cursor.close();
            if (hold != null) {
                hold.release();
            }
        } finally {
            // Compiled code may forget what it does not use any more; until here it does.
            Reference.reachabilityFence(holder);
        }
    }
}
