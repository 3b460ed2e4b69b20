package coppice.engine.views;

import coppice.api.KeyPattern;
import coppice.api.Range;
import coppice.engine.projection.Advance;
import coppice.engine.projection.Step;
import coppice.engine.state.SpaceState;
import coppice.kernel.bytes.BytesKey;
import coppice.kernel.bytes.Hash;
import coppice.projection.GroupShape;
import coppice.projection.Tally;
import java.util.HashMap;
import java.util.Map;

/// Adds up what the rows of groups amount to. Sums are exact, so it does not matter in which order rows come and
/// go.
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
        private final Map<BytesKey, Tally> waiting = new HashMap<>();
        private long bytes;

        Sums(Advance work) {
            this.work = work;
        }

        @SuppressWarnings("ReferenceEquality") // it is the very same when there was none
        void add(byte[] key, Tally tally) {
            if (waiting.merge(new BytesKey(key), tally, Tally::plus) == tally) {
                bytes += key.length + TALLY_BYTES;
            }
        }

        void putIfMany() {
            if (bytes >= work.batchBytes()) {
                put();
            }
        }

        void put() {
            SpaceState entries = work.entries();
            for (Map.Entry<BytesKey, Tally> entry : waiting.entrySet()) {
                byte[] key = entry.getKey().bytes();
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
