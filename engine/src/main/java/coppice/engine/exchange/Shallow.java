package coppice.engine.exchange;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Fetch;
import coppice.engine.live.Settings;
import coppice.engine.upkeep.Indexing;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import coppice.kernel.tree.ChunkWalk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// How far back the history goes that is here. A clone may be made with the newest generations only; from then on the
/// floor is lowered, never raised, and only once everything above the new one is here.
public final class Shallow {
    /// The area of the settings that holds it.
    public static final String AREA = "shallow";

    /// The key in that area.
    public static final String FLOOR = "floor";

    private final AtomicLong floor;
    private final Indexing indexing;

    /// @param floor where the history looks for it
    /// @param indexing the index of changed keys, which takes commits at the floor for first ones
    public Shallow(Settings settings, AtomicLong floor, Indexing indexing) {
        this.indexing = indexing;
        this.floor = floor;
        settings.find(AREA, FLOOR).ifPresent(bytes -> floor.set(decode(bytes)));
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

    /// Says that history is here down to a lower generation, durably. What commits at the old floor changed is another
    /// thing from then on.
    void lower(long to) {
        indexing.forget(Map.of(AREA, Map.of(FLOOR, Optional.of(encoded(to)))), () -> floor.set(to));
    }

    /// What to say when the other side lacks older commits that are wanted.
    static DatabaseException beyond(long floor) {
        return new DatabaseException.Incorrect(
                ErrorCode.SHALLOW_HISTORY,
                "The sending side has no history before generation " + floor + ", and some of it is missing on the"
                        + " receiving side: fetch whole history there first");
    }

    /// Reads the value of the setting.
    ///
    /// @throws CorruptException when it is none
    public static long decode(byte[] bytes) {
        long floor = bytes.length == Long.BYTES ? Bytes.i64(bytes, 0) : -1;
        if (floor < 0) {
            throw new CorruptException(
                    "the setting '" + AREA + "/" + FLOOR + "'", 0, "a generation in 8 bytes", bytes.length + " bytes");
        }
        return floor;
    }

    /// The value of the setting.
    public static byte[] encoded(long floor) {
        byte[] bytes = new byte[Long.BYTES];
        Bytes.putI64(bytes, 0, floor);
        return bytes;
    }
}
