package coppice.engine.projection;

import coppice.api.Range;
import coppice.engine.state.SpaceState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings entries from one state of inputs to another over the same folded trees, in memory.
final class LiveAdvance extends Advance {
    /// So many rows are looked up at a time.
    private static final int AT_A_TIME = 1_024;

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
        List<byte[]> visited = new ArrayList<>();
        after(input).differing(before(input), key -> {
            if (range.contains(key)) {
                visited.add(key);
            }
        });
        List<byte[]> keys = eachOnce(visited);
        for (int from = 0; from < keys.size(); from += AT_A_TIME) {
            int to = Math.min(keys.size(), from + AT_A_TIME);
            compare(input, keys.subList(from, to).toArray(byte[][]::new), visitor);
        }
    }

    /// In order. They come in two runs that are in order, which sorting makes use of.
    private static List<byte[]> eachOnce(List<byte[]> keys) {
        keys.sort(Arrays::compareUnsigned);
        List<byte[]> once = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            if (once.isEmpty() || !Arrays.equals(once.getLast(), key)) {
                once.add(key);
            }
        }
        return once;
    }

    private void compare(int input, byte[][] keys, RowChange visitor) {
        byte[] @Nullable [] before = before(input).getAll(keys);
        byte[] @Nullable [] after = after(input).getAll(keys);
        for (int i = 0; i < keys.length; i++) {
            if (!Arrays.equals(before[i], after[i])) {
                visitor.row(keys[i], before[i], after[i]);
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
