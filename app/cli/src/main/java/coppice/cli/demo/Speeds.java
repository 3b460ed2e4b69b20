package coppice.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Branch;
import coppice.api.Cursor;
import coppice.api.Database;
import coppice.api.Entry;
import coppice.api.Range;
import coppice.api.Snapshot;
import coppice.api.Space;
import coppice.api.SpaceView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Takes the time of what databases do all day, on a branch that is removed afterwards.
final class Speeds {
    private static final String BRANCH = "speeds";
    private static final String SPACE = "speeds";
    private static final int PUTS = 200;
    private static final int READS = 20_000;

    private Speeds() {}

    static void measure(Database db, LongSupplier nanos, Figures figures) {
        Branch branch = db.branch(BRANCH, db.head());
        try {
            Space space = branch.space(SPACE);
            byte[] value = "0123456789".repeat(10).getBytes(UTF_8);
            long start = nanos.getAsLong();
            for (int i = 0; i < PUTS; i++) {
                space.put(Integer.toString(i).getBytes(UTF_8), value);
            }
            figures.time("put one row, durable", PUTS, "row", nanos.getAsLong() - start);
            read(db.at(db.head().id().hex()), nanos, figures);
        } finally {
            db.forceDeleteBranch(BRANCH);
        }
    }

    private static void read(Snapshot state, LongSupplier nanos, Figures figures) {
        SpaceView largest = state.space(state.spaces().getFirst());
        for (String name : state.spaces()) {
            largest = state.space(name).count() > largest.count() ? state.space(name) : largest;
        }
        List<byte[]> keys = spread(largest);
        long start = nanos.getAsLong();
        long found = 0;
        for (int i = 0; i < READS; i++) {
            found += largest.get(keys.get(i % keys.size())).isPresent() ? 1 : 0;
        }
        figures.time("read one row", found, "row", nanos.getAsLong() - start);
        start = nanos.getAsLong();
        long scanned = 0;
        try (Cursor cursor = largest.scan(Range.all())) {
            while (cursor.next()) {
                scanned++;
            }
        }
        figures.time("scan " + largest.name(), scanned, "row", nanos.getAsLong() - start);
    }

    /// Up to a thousand keys from all over a space, in an order that jumps.
    private static List<byte[]> spread(SpaceView space) {
        long count = space.count();
        int wanted = (int) Math.min(1000, count);
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            long place = (i * 617L % wanted) * count / wanted;
            keys.add(space.select(place).map(Entry::key).orElseThrow());
        }
        return keys;
    }
}
