package coppice.engine.reading;

import coppice.api.Cursor;
import coppice.api.Entry;
import coppice.api.Operation;
import coppice.api.Range;
import coppice.api.SpaceView;
import coppice.engine.meter.SamplingMeter;
import coppice.engine.state.SpaceState;
import coppice.engine.storage.Gate;
import coppice.engine.terms.Checks;
import coppice.kernel.store.MissingChunkException;
import coppice.structure.ground.Following;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What every face of a space has in common: how it reads. Which state it reads, and who is told of it, the kinds
/// of faces say.
public abstract class Reading implements SpaceView {
    /// Whether the database is open.
    protected final Gate gate;

    /// Counts and times what is looked up.
    protected final SamplingMeter gets;

    private final String name;
    private final Access access;

    protected Reading(String name, Access access) {
        this.name = name;
        this.access = access;
        this.gate = access.gate();
        this.gets = access.meters().gets();
    }

    /// The state to read now.
    protected abstract SpaceState state();

    /// Is told that a range is about to be read.
    protected void noteRange(Range range) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return Optional.ofNullable(find(key));
    }

    @Override
    public byte[] getOrDefault(byte[] key, byte[] fallback) {
        byte[] value = find(key);
        return value == null ? fallback : value;
    }

    private byte @Nullable [] find(byte[] key) {
        gate.ensureOpen();
        Checks.key(key);
        long begun = gets.begin();
        SpaceState state = current();
        while (true) {
            try {
                byte[] value = state.get(key);
                gets.end(begun);
                return value;
            } catch (RuntimeException failure) {
                state = successor(state, failure);
            }
        }
    }

    @Override
    public boolean contains(byte[] key) {
        Checks.key(key);
        long begun = gets.begin();
        boolean found = read(state -> state.contains(key));
        gets.end(begun);
        return found;
    }

    @Override
    public long count() {
        noteRange(Range.all());
        return count(SpaceState::count);
    }

    @Override
    public long count(Range range) {
        noteRange(range);
        return count(state -> state.count(range));
    }

    @Override
    public long rank(byte[] key) {
        noteRange(Range.to(Checks.key(key)));
        return count(state -> state.rank(key));
    }

    @Override
    public Optional<Entry> select(long index) {
        if (index < 0) {
            throw new IllegalArgumentException("An index is at least 0, not " + index);
        }
        noteRange(Range.all());
        return count(state -> state.select(index));
    }

    @Override
    public Cursor scan(Range range) {
        noteRange(range);
        SamplingMeter scans = access.meters().scans();
        long begun = scans.begin();
        return read(state -> cursor(state, range)).timed(scans, begun);
    }

    /// What follows from the rows, see [Following].
    public <T> T following(Following<T> how) {
        noteRange(Range.all());
        return read(state -> access.followings().of(name, state, how, isShared()));
    }

    /// Whether others can see the same state.
    protected boolean isShared() {
        return true;
    }

    /// A walk over a state, which is held as long as it goes on.
    protected GuardedCursor cursor(SpaceState state, Range range) {
        return GuardedCursor.holding(state, range, access.roots(), gate);
    }

    private <T> T count(Function<SpaceState, T> look) {
        return access.meters().of(Operation.COUNT).time(() -> read(look));
    }

    private <T> T read(Function<SpaceState, T> look) {
        gate.ensureOpen();
        SpaceState state = current();
        while (true) {
            try {
                return look.apply(state);
            } catch (RuntimeException failure) {
                state = successor(state, failure);
            }
        }
    }

    /// The state to read now; finding it may read the catalog.
    private SpaceState current() {
        try {
            return state();
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }

    /// A state that was replaced may be swept away under a reader that is only passing by: then the newer one is
    /// read.
    @SuppressWarnings("ReferenceEquality") // the same state, or another
    private SpaceState successor(SpaceState state, RuntimeException failure) {
        SpaceState now = current();
        if (failure instanceof MissingChunkException && now != state) {
            return now;
        }
        throw gate.explain(failure);
    }
}
