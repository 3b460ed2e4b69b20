package coppice.structure.counter;

import coppice.api.MergePolicy;
import coppice.structure.ground.Layout;

/// What is the same for all counters.
public final class CounterLayout implements Layout {
    @Override
    public MergePolicy mergePolicy() {
        return MergePolicy.counts();
    }
}
