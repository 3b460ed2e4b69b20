package coppice.engine;

import coppice.api.Cursor;
import coppice.engine.state.StateCursor;

/// A walk that fails in the terms of the API.
final class GuardedCursor implements Cursor {
    private final StateCursor cursor;
    private final Gate gate;

    GuardedCursor(StateCursor cursor, Gate gate) {
        this.cursor = cursor;
        this.gate = gate;
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
    }
}
