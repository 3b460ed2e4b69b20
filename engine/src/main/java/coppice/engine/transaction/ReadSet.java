package coppice.engine.transaction;

import coppice.api.Range;
import coppice.engine.state.BranchState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;

/// What a serializable transaction has read: keys and ranges. For snapshot isolation, nothing is kept.
final class ReadSet {
    private static final ReadSet IGNORING = new ReadSet(false);

    private final boolean recording;
    private final Map<String, TreeSet<byte[]>> keys = new HashMap<>();
    private final Map<String, List<Range>> ranges = new HashMap<>();

    private ReadSet(boolean recording) {
        this.recording = recording;
    }

    static ReadSet ignoring() {
        return IGNORING;
    }

    static ReadSet recording() {
        return new ReadSet(true);
    }

    boolean isRecording() {
        return recording;
    }

    void key(String space, byte[] key) {
        if (recording) {
            keys.computeIfAbsent(space, _ -> new TreeSet<>(Arrays::compareUnsigned))
                    .add(key.clone());
        }
    }

    void range(String space, Range range) {
        if (recording) {
            ranges.computeIfAbsent(space, _ -> new ArrayList<>()).add(range);
        }
    }

    /// Compares everything read between two states.
    ///
    /// @param conflict makes the exception for the first difference: space and key
    void check(BranchState before, BranchState now, BiFunction<String, byte[], RuntimeException> conflict) {
        keys.forEach((space, read) -> {
            for (byte[] key : read) {
                if (!now.space(space).agreesAt(before.space(space), key)) {
                    throw conflict.apply(space, key);
                }
            }
        });
        ranges.forEach((space, read) -> {
            for (Range range : read) {
                if (!now.space(space).agreesWithin(before.space(space), range)) {
                    throw conflict.apply(space, range.lower());
                }
            }
        });
    }
}
