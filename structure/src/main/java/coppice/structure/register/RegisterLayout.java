package coppice.structure.register;

import coppice.api.MergePolicy;
import coppice.structure.ground.Layout;

/// What is the same for all registers.
public final class RegisterLayout implements Layout {
    @Override
    public MergePolicy mergePolicy() {
        return MergePolicy.lastWriterWins();
    }
}
