package coppice.engine.transaction;

import coppice.engine.live.LiveBranch;
import coppice.kernel.platform.Entropy;
import coppice.structure.ground.Origin;
import java.util.Map;
import java.util.WeakHashMap;

/// The origin of each branch, drawn anew for each time that it is in use: two branches of one name, one after the
/// other, are two.
public final class Origins {
    private final Map<LiveBranch, Origin> all = new WeakHashMap<>(); // guarded by itself
    private final Entropy entropy;

    Origins(Entropy entropy) {
        this.entropy = entropy;
    }

    /// That of a branch.
    Origin of(LiveBranch branch) {
        synchronized (all) {
            return all.computeIfAbsent(branch, _ -> new Origin(entropy.nextLong()));
        }
    }
}
