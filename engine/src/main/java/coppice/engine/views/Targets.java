package coppice.engine.views;

import coppice.engine.live.Branches;
import coppice.engine.live.CurrentBranch;
import coppice.engine.live.LiveBranch;
import coppice.engine.state.BranchState;
import coppice.engine.storage.Storage;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Commit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The states for which projections are to be ready, the most urgent first: the current branch, its latest
/// versions, the other branches in use, theirs.
final class Targets {
    /// No more than these: about as many as are remembered of a projection.
    static final int MAX = 48;

    private final Storage storage;
    private final Branches branches;
    private final CurrentBranch current;

    Targets(Storage storage, Branches branches, CurrentBranch current) {
        this.storage = storage;
        this.branches = branches;
        this.current = current;
    }

    /// The working state of the current branch.
    Optional<BranchState> current() {
        return branches.find(current.name()).map(LiveBranch::lastShown);
    }

    /// What was written to the current branch by now, kept or not.
    Optional<BranchState> settled() {
        return branches.find(current.name()).map(LiveBranch::settled);
    }

    /// The states, each content once.
    ///
    /// @param versions how many of the latest versions of each branch
    List<BranchState> states(int versions) {
        Map<Hash, BranchState> all = new LinkedHashMap<>();
        List<BranchState> heads = new ArrayList<>();
        current().ifPresent(heads::add);
        branches.shownStates().forEach(heads::add);
        for (BranchState head : heads) {
            add(all, head);
            Hash commit = head.commit();
            for (int i = 0; i < versions && all.size() < MAX; i++) {
                add(all, storage.stateAt(commit, 0));
                Commit version = storage.history().read(commit);
                if (version.parents().isEmpty()) {
                    break;
                }
                commit = version.parents().getFirst();
            }
        }
        Collection<BranchState> states = all.values();
        return states.stream().limit(MAX).toList();
    }

    /// States of the same folded trees differ by what is in memory only.
    private static void add(Map<Hash, BranchState> all, BranchState state) {
        all.putIfAbsent(state.foldedSpaces().root(), state);
    }
}
