package coppice.engine;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Fetch;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import coppice.kernel.tree.ChunkWalk;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// How far back the history goes that is here. A clone may be made with the newest generations only; from then on the
/// floor is lowered, never raised, and only once everything above the new one is here.
final class Shallow {
    private static final String AREA = "shallow";
    private static final String FLOOR = "floor";

    private final Settings settings;
    private final AtomicLong floor;

    /// @param floor where the history looks for it
    Shallow(Settings settings, AtomicLong floor) {
        this.settings = settings;
        this.floor = floor;
        settings.find(AREA, FLOOR).ifPresent(bytes -> floor.set(Bytes.i64(bytes, 0)));
    }

    /// The lowest generation that is here, 0 for whole history.
    long floor() {
        return floor.get();
    }

    /// The floor after a fetch.
    ///
    /// @param depth how many generations are wanted, as [Fetch#depth] says it
    long wanted(Chunks here, ChunkWalk.Source source, List<Hash> wants, long depth) {
        long wanted = floor.get();
        if (wanted == 0 || depth == Fetch.WHOLE) {
            return 0;
        }
        for (Hash want : wants) {
            long generation = Taking.generation(here, source, want);
            wanted = Math.min(wanted, depth == 0 ? generation : floor(generation, depth));
        }
        return wanted;
    }

    /// The floor that leaves some generations, the one given the newest of them.
    static long floor(long generation, long depth) {
        return Math.max(0, generation - Math.min(depth, generation + 1) + 1);
    }

    /// Says that history is here down to a lower generation, durably.
    void lower(long to) {
        settings.put(AREA, FLOOR, encoded(to));
        floor.set(to);
    }

    /// What to say when the other side lacks older commits that are wanted.
    static DatabaseException beyond(long floor) {
        return new DatabaseException.Incorrect(
                ErrorCode.SHALLOW_HISTORY,
                "The sending side has no history before generation " + floor + ", and some of it is missing on the"
                        + " receiving side: fetch whole history there first");
    }

    /// The value of the setting.
    static byte[] encoded(long floor) {
        byte[] bytes = new byte[Long.BYTES];
        Bytes.putI64(bytes, 0, floor);
        return bytes;
    }

    /// The space of the system branch that holds it, and the key.
    static String area() {
        return AREA;
    }

    static String key() {
        return FLOOR;
    }
}
