package coppice.engine.state;

import coppice.engine.delta.DeltaCursor;
import coppice.kernel.tree.Cursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the states of a space over one folded tree share to number their rows: the one that was asked for it last.
/// From there the next is brought forward by what differs. Who is never asked keeps nothing. Safe for all threads.
final class Ranking {
    private volatile @Nullable Known latest;

    private record Known(SpaceState state, Shifts shifts) {}

    /// One that goes on by itself from where this is.
    Ranking apart() {
        Ranking other = new Ranking();
        other.latest = latest;
        return other;
    }

    /// How the changes of a state move the rows of its tree. Costs O(changes since the last state that was asked *
    /// log n); for the first, all changes.
    Shifts of(SpaceState state) {
        Known known = latest;
        Shifts shifts = known == null ? built(state) : advanced(known, state);
        latest = new Known(state, shifts);
        return shifts;
    }

    private static Shifts built(SpaceState state) {
        List<Shifts.Shift> all = new ArrayList<>();
        Cursor rows = state.base().cursor();
        for (DeltaCursor changes = state.changes().cursor(); changes.next(); ) {
            all.add(shift(rows, state, changes.key()));
        }
        return Shifts.of(all);
    }

    private static Shifts advanced(Known known, SpaceState state) {
        List<byte[]> keys = new ArrayList<>();
        state.differing(known.state(), keys::add);
        keys.sort(Arrays::compareUnsigned);
        List<Shifts.Shift> changed = new ArrayList<>(keys.size());
        Cursor rows = state.base().cursor();
        byte[] last = null;
        for (byte[] key : keys) {
            Shifts.Shift before =
                    Arrays.equals(key, last) ? null : known.shifts().find(key);
            if (before != null && before.isThere() != state.contains(key)) {
                changed.add(before.turned());
            } else if (before == null && !Arrays.equals(key, last)) {
                changed.add(shift(rows, state, key));
            }
            last = key;
        }
        return known.shifts().with(changed);
    }

    private static Shifts.Shift shift(Cursor rows, SpaceState state, byte[] key) {
        boolean isBefore = rows.seek(key);
        return new Shifts.Shift(
                key,
                isBefore ? rows.index() : state.base().count(),
                isBefore && rows.compareKey(key) == 0,
                state.contains(key));
    }
}
