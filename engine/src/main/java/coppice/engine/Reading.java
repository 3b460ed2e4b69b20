package coppice.engine;

import coppice.api.Cursor;
import coppice.api.Entry;
import coppice.api.Range;
import coppice.api.SpaceView;
import coppice.engine.state.SpaceState;
import java.util.Optional;

/// What every face of a space has in common: how it reads. Which state it reads, and who is told of it, the kinds
/// of faces say.
abstract class Reading implements SpaceView {
    private final String name;
    final Gate gate;

    Reading(String name, Gate gate) {
        this.name = name;
        this.gate = gate;
    }

    /// The state to read now.
    abstract SpaceState state();

    /// Is told that a range is about to be read.
    void noteRange(Range range) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        gate.ensureOpen();
        try {
            return Optional.ofNullable(state().get(Checks.key(key)));
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }

    @Override
    public byte[] getOrDefault(byte[] key, byte[] fallback) {
        gate.ensureOpen();
        try {
            byte[] value = state().get(Checks.key(key));
            return value == null ? fallback : value;
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }

    @Override
    public boolean contains(byte[] key) {
        gate.ensureOpen();
        try {
            return state().contains(Checks.key(key));
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }

    @Override
    public long count() {
        gate.ensureOpen();
        noteRange(Range.all());
        try {
            return state().count();
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }

    @Override
    public long count(Range range) {
        gate.ensureOpen();
        noteRange(range);
        try {
            return state().count(range);
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }

    @Override
    public long rank(byte[] key) {
        gate.ensureOpen();
        noteRange(Range.to(key));
        try {
            return state().rank(Checks.key(key));
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }

    @Override
    public Optional<Entry> select(long index) {
        gate.ensureOpen();
        if (index < 0) {
            throw new IllegalArgumentException("An index is at least 0, not " + index);
        }
        noteRange(Range.all());
        try {
            return state().select(index);
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }

    @Override
    public Cursor scan(Range range) {
        gate.ensureOpen();
        noteRange(range);
        try {
            return new GuardedCursor(state().scan(range), gate);
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }
}
