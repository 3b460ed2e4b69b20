package coppice.structure;

import coppice.structure.dict.Dicts;
import coppice.structure.ground.Ground;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What structures leave to be done later, when its time has come.
public final class Housekeeping {
    private Housekeeping() {}

    /// Does what is due on a branch: removes entries of dicts that have ended. Costs what it removes, and a look at
    /// each dict with lifetimes.
    ///
    /// @param spaces the names of all spaces of the branch
    /// @return when something will be due next, if anything will
    public static Optional<Instant> run(Ground ground, List<String> spaces) {
        return spaces.stream()
                .flatMap(space -> Dicts.ofLifetimes(space).stream())
                .flatMap(dict -> Dicts.purge(ground, dict).stream())
                .min(Instant::compareTo);
    }
}
