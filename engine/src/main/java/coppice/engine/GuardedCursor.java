package coppice.engine;

import coppice.api.Cursor;
import coppice.api.Range;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import java.util.List;

/// A walk that fails in the terms of the API.
final class GuardedCursor implements Cursor {
    private final StateCursor cursor;
    private final Gate gate;
    private final Roots.Hold hold;

    GuardedCursor(SpaceState state, Range range, Roots roots, Gate gate) {
        this.cursor = state.scan(range);
        this.gate = gate;
        this.hold = roots.hold(this, List.of(new Roots.OfTree(state.base().root())));
    }

    @Override
    public boolean next() {
        gate.ensureOpen();
        try {
            return cursor.next();
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
        cursor.close();
        hold.release();
    }
}
