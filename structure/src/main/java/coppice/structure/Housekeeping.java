package coppice.structure;

import coppice.structure.ground.Ground;
import coppice.structure.ground.Registry;
import java.time.Instant;
import java.util.Optional;

/// What structures leave to be done later, when its time has come.
public final class Housekeeping {
    private Housekeeping() {}

    /// Does what is due on a branch: removes entries of dicts that have ended, and ends delays and leases of
    /// queues. Costs what it changes, and a look at each structure.
    ///
    /// @return when something will be due next, if anything will
    public static Optional<Instant> run(Ground ground) {
        return Registry.all(ground).stream()
                .flatMap(one -> Layouts.of(one.kind()).tidy(ground, one.name()).stream())
                .min(Instant::compareTo);
    }
}
