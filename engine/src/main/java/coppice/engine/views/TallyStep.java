package coppice.engine.views;

import coppice.api.KeyPattern;
import coppice.api.Range;
import coppice.engine.projection.Advance;
import coppice.engine.projection.Step;
import coppice.engine.state.SpaceState;
import coppice.kernel.bytes.Hash;
import coppice.projection.GroupShape;
import coppice.projection.Tally;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Adds up what the rows of groups amount to. Sums are exact, so it does not matter in which order rows come and go.
///
/// @param keyPattern the keys of the rows that count
record TallyStep(Hash name, KeyPattern keyPattern, GroupShape shape) implements Step {
    /// What a tally that waits costs in heap beyond its key, about, in bytes.
    private static final int TALLY_BYTES = 200;

    @Override
    public Range keys(int input) {
        return keyPattern.range();
    }

    @Override
    public void advance(Advance work) {
        Sums sums = new Sums(work);
        work.differences(0, (key, before, after) -> {
            if (keyPattern.fits(key)) {
                if (before != null) {
                    shape.entries(key, before, (entry, tally) -> sums.add(entry, tally.negated()));
                }
                if (after != null) {
                    shape.entries(key, after, sums::add);
                }
                sums.putIfMany();
            }
        });
        sums.put();
    }

    /// What is to be added to entries.
    private static final class Sums {
        private final Advance work;
        private final SortedMap<byte[], Tally> waiting = new TreeMap<>(Arrays::compareUnsigned);
        private long bytes;

        Sums(Advance work) {
            this.work = work;
        }

        void add(byte[] key, Tally tally) {
            Tally before = waiting.put(key, tally);
            if (before == null) {
                bytes += key.length + TALLY_BYTES;
            } else {
                waiting.put(key, before.plus(tally));
            }
        }

        void putIfMany() {
            if (bytes >= work.batchBytes()) {
                put();
            }
        }

        void put() {
            SpaceState entries = work.entries();
            for (Map.Entry<byte[], Tally> entry : waiting.entrySet()) {
                byte[] key = entry.getKey();
                Tally change = entry.getValue();
                if (!change.isNothing()) {
                    byte[] before = entries.get(key);
                    Tally after = before == null ? change : Tally.decode(before).plus(change);
                    if (after.isNothing()) {
                        work.remove(key);
                    } else {
                        work.put(key, after.encoded());
                    }
                }
            }
            waiting.clear();
            bytes = 0;
        }
    }
}
