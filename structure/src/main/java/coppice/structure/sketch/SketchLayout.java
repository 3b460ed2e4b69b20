package coppice.structure.sketch;

import coppice.api.MergePolicy;
import coppice.structure.ground.Layout;

/// What is the same for all sketches.
public final class SketchLayout implements Layout {
    @Override
    public MergePolicy mergePolicy() {
        return MergePolicy.sketches();
    }
}
