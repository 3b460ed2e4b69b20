package coppice.cli.demo;

import coppice.api.Snapshot;
import java.util.List;

/// What happens to the data in the demo. Each part is asked for when the one before has happened.
interface Story {
    /// The branch on which the second line of work happens.
    String branch();

    /// The work on the branch.
    List<Work> onBranch(Snapshot start);

    /// The work on main meanwhile, on other keys.
    List<Work> onMain(Snapshot start);

    /// Work on the same keys, after the first merge.
    Dispute dispute(Snapshot merged);

    /// What to look at when travelling in time.
    List<Probe> probes(Snapshot start);
}
