package coppice.engine.projection;

import coppice.engine.delta.Delta;
import coppice.engine.state.SpaceState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a [Step] works with: two states of its inputs, and the entries, which are those of the one and become
/// those of the other. One thread.
public abstract class Advance {
    private final List<SpaceState> before;
    private final List<SpaceState> after;

    Advance(List<SpaceState> before, List<SpaceState> after) {
        this.before = before;
        this.after = after;
    }

    /// Takes a row that differs.
    @FunctionalInterface
    public interface RowChange {
        /// A row that differs.
        ///
        /// @param key is only read
        /// @param before null when the row was not there
        /// @param after null when it is not there any more
        void row(byte[] key, byte @Nullable [] before, byte @Nullable [] after);
    }

    /// An input as it was when the entries were made; without rows when there are none yet.
    public final SpaceState before(int input) {
        return before.get(input);
    }

    /// An input as it is.
    public final SpaceState after(int input) {
        return after.get(input);
    }

    /// Whether there were no rows before, and so no entries.
    public abstract boolean isNew();

    /// Visits the rows of an input that differ, each once, in order.
    public abstract void differences(int input, RowChange visitor);

    /// Gives an entry a value. The arrays become the taker's.
    ///
    /// @param value [Delta#REMOVED] removes it
    public abstract void put(byte[] key, byte[] value);

    /// The entries with all that was put so far. Costs what was put since it was asked last.
    public abstract SpaceState entries();

    /// How much heap a step may hold before it puts what it has, in bytes.
    public abstract long batchBytes();

    /// Removes an entry, if it is there.
    public final void remove(byte[] key) {
        put(key, Delta.REMOVED);
    }
}
