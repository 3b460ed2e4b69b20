package coppice.engine.arrival;

import coppice.engine.live.LiveBranch;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Tasks;
import coppice.structure.ground.Fronts;
import coppice.structure.ground.Line;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What comes into spaces that somebody takes things out of, by branch. Safe for all threads.
public final class Arrivals {
    private final Gate gate;
    private final Clock clock;
    private final Tasks tasks;
    private final Map<LiveBranch, BranchArrivals> branches = new ConcurrentHashMap<>();

    public Arrivals(Storage storage, Gate gate) {
        this.gate = gate;
        this.clock = storage.clock();
        this.tasks = storage.tasks();
    }

    private SpaceArrivals of(LiveBranch branch, String space) {
        BranchArrivals known = branches.get(branch);
        if (known == null) {
            known = branches.computeIfAbsent(branch, this::watch);
        }
        return known.of(space);
    }

    private BranchArrivals watch(LiveBranch branch) {
        BranchArrivals arrivals = new BranchArrivals(branch, gate, clock, tasks);
        branch.watchedBy(arrivals);
        return arrivals;
    }

    /// Where the rows of a space begin, for a step on it: of those that take turns on a branch. Its state is to be
    /// taken after this.
    public Fronts step(LiveBranch branch, String space) {
        return of(branch, space).fronts().begin();
    }

    /// Where those wait who found nothing in a space.
    public Line line(LiveBranch branch, String space) {
        return of(branch, space);
    }

    /// Lets go of branches that are no more, and of alarms that nobody needs.
    public void tidy() {
        branches.keySet().removeIf(LiveBranch::isDropped);
        branches.values().forEach(BranchArrivals::tidy);
    }

    /// Ends all waiting. The gate is closed by then.
    public void close() {
        branches.values().forEach(BranchArrivals::end);
    }
}
