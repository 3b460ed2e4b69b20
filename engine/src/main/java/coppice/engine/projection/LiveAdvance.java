package coppice.engine.projection;

import coppice.api.Range;
import coppice.engine.state.SpaceState;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// Brings entries from one state of inputs to another over the same folded trees, in memory.
final class LiveAdvance extends Advance {
    private final Step step;
    private final Changes pending = new Changes();
    private SpaceState entries;

    private LiveAdvance(Step step, List<SpaceState> before, SpaceState entries, List<SpaceState> after) {
        super(before, after);
        this.step = step;
        this.entries = entries;
    }

    /// The entries of a state from those of another.
    static SpaceState from(Step step, List<SpaceState> before, SpaceState entries, List<SpaceState> after) {
        LiveAdvance work = new LiveAdvance(step, before, entries, after);
        step.advance(work);
        return work.entries();
    }

    @Override
    public boolean isNew() {
        return false;
    }

    @Override
    public void differences(int input, RowChange visitor) {
        Range range = step.keys(input);
        SpaceState before = before(input);
        SpaceState after = after(input);
        TreeSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned); // some are visited twice
        after.differing(before, key -> {
            if (range.contains(key)) {
                keys.add(key);
            }
        });
        for (byte[] key : keys) {
            byte[] old = before.get(key);
            byte[] now = after.get(key);
            if (!Arrays.equals(old, now)) {
                visitor.row(key, old, now);
            }
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        pending.put(key, value);
    }

    @Override
    public long batchBytes() {
        return Long.MAX_VALUE; // what is not folded fits into memory
    }

    @Override
    public SpaceState entries() {
        if (!pending.isEmpty()) {
            entries = entries.with(pending.drain());
        }
        return entries;
    }
}
