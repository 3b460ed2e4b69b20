package coppice.structure;

import coppice.structure.dict.Dicts;
import coppice.structure.ground.Ground;
import coppice.structure.queue.WorkQueues;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What structures leave to be done later, when its time has come.
public final class Housekeeping {
    private Housekeeping() {}

    /// Does what is due on a branch: removes entries of dicts that have ended, and ends delays and leases of
    /// queues. Costs what it changes, and a look at each dict with lifetimes and at each queue.
    ///
    /// @param spaces the names of all spaces of the branch
    /// @return when something will be due next, if anything will
    public static Optional<Instant> run(Ground ground, List<String> spaces) {
        return spaces.stream()
                .flatMap(space -> Stream.concat(
                        Dicts.ofLifetimes(space).flatMap(dict -> Dicts.purge(ground, dict)).stream(),
                        WorkQueues.ofJobs(space).flatMap(queue -> WorkQueues.tidy(ground, queue)).stream()))
                .min(Instant::compareTo);
    }
}
