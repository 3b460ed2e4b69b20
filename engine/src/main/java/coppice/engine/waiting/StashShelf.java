package coppice.engine.waiting;

import coppice.engine.live.Branches;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.RefNames;
import coppice.engine.live.Settings;
import coppice.engine.log.RefMove;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Remembers what was put aside and waits for decisions to come back, at most one for each branch: a setting. The
/// entry keeps its commit.
///
/// It is over when the entry is gone, or when the newest entry of the branch's reflog is its own: then a crash came
/// between the return and forgetting it.
public final class StashShelf {
    /// The area of the settings: from branch to what is on its way back there.
    public static final String AREA = "stash";

    private final Settings settings;
    private final Branches branches;
    private final Decisions decisions;

    StashShelf(Settings settings, Branches branches, Decisions decisions) {
        this.settings = settings;
        this.branches = branches;
        this.decisions = decisions;
    }

    /// What waits on a branch.
    public Optional<Unstash> find(LiveBranch branch) {
        return settings.find(AREA, branch.name())
                .map(bytes -> Unstash.decode(branch.name(), bytes))
                .filter(waiting -> isOpen(waiting, branch));
    }

    private boolean isOpen(Unstash waiting, LiveBranch branch) {
        return waiting.branchMadeAt() == branch.createdAt()
                && branches.ref(waiting.ref())
                        .filter(entry -> entry.commit().equals(waiting.commit()))
                        .isPresent()
                && branches.reflog()
                        .latest(RefNames.head(branch.name()))
                        .map(RefMove::note)
                        .filter(note -> note.equals(waiting.note(note.who())))
                        .isEmpty();
    }

    /// Whether this is what is remembered of a branch.
    public boolean isFor(LiveBranch branch, Unstash waiting) {
        return settings.find(AREA, branch.name())
                .filter(bytes -> Arrays.equals(bytes, waiting.encode()))
                .isPresent();
    }

    /// Remembers it, and what was decided of it and nothing else.
    public void put(LiveBranch branch, Unstash waiting, List<Decision> decided) {
        decisions.with(AREA, branch.name(), Optional.of(waiting.encode()), decided);
    }

    /// Remembers what waits on a branch also for the name that it is about to get.
    void copy(String from, String to) {
        settings.find(AREA, from).ifPresent(bytes -> settings.put(AREA, to, bytes));
    }

    /// The names of branches of which something is remembered, also of such as are not there.
    Set<String> names() {
        return settings.all(AREA).keySet();
    }

    /// Forgets it, if there is something.
    public void end(String branch) {
        if (settings.find(AREA, branch).isPresent()) {
            decisions.with(AREA, branch, Optional.empty(), List.of());
        }
    }
}
