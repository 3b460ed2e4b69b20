package coppice.engine.refs;

import static coppice.engine.live.RefNames.HEADS;
import static coppice.engine.live.RefNames.REMOTES;
import static coppice.engine.live.RefNames.TAGS;

import coppice.api.BranchInfo;
import coppice.api.Commit;
import coppice.api.DatabaseException;
import coppice.api.Divergence;
import coppice.api.ErrorCode;
import coppice.engine.live.Branches;
import coppice.engine.live.CurrentBranch;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.RefNames;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Descriptions;
import coppice.engine.version.Versions;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.CommitLog;
import coppice.kernel.history.History;
import coppice.kernel.history.Refs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The user's branches: which there are, and how they stand to each other.
public final class BranchList {
    private final Storage storage;
    private final Branches branches;
    private final Versions versions;
    private final CurrentBranch current;

    public BranchList(Storage storage, Branches branches, Versions versions, CurrentBranch current) {
        this.storage = storage;
        this.branches = branches;
        this.versions = versions;
        this.current = current;
    }

    /// All branches of the user, by name.
    public List<BranchInfo> all() {
        Map<Hash, Commit> read = new HashMap<>();
        List<BranchInfo> all = new ArrayList<>();
        for (Refs.Ref ref : branches.list(HEADS)) {
            String name = RefNames.shown(ref.name());
            if (!name.equals(RefNames.SYSTEM)) {
                Commit head = read.computeIfAbsent(ref.value().commit(), versions::describe);
                all.add(new BranchInfo(name, head, hasChanges(ref), name.equals(current.name())));
            }
        }
        return all;
    }

    /// A branch that is not in use is as the table says; one that is may have changes that cancel out.
    private boolean hasChanges(Refs.Ref ref) {
        return branches.inUse(ref.name())
                .filter(branch -> branch.lastShown().hasUnfolded())
                .map(versions::hasChanges)
                .orElse(ref.value().working() != null);
    }

    /// How many commits each of two has that the other has not; the cost is that of walking these.
    public Divergence divergence(Hash ref, Hash other) {
        return new Divergence(count(ref, other), count(other, ref));
    }

    private long count(Hash head, Hash excluded) {
        long count = 0;
        for (CommitLog log = storage.history().log(List.of(head), List.of(excluded)); log.next(); ) {
            count++;
        }
        return count;
    }

    /// Refuses to lose what only this branch has.
    ///
    /// @throws DatabaseException.Incorrect when it has uncommitted changes, or commits that no other ref reaches
    void requireExpendable(LiveBranch branch) {
        String name = branch.name();
        if (versions.hasChanges(branch)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.UNCOMMITTED_CHANGES,
                            "The branch '" + name + "' has uncommitted changes: commit or discard them, or delete it"
                                    + " by force")
                    .with("branch", name);
        }
        Hash head = branch.shown().commit();
        if (!isReachedElsewhere(RefNames.head(name), head)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.BRANCH_NOT_MERGED,
                            "No other branch, tag or remote reaches commit "
                                    + Descriptions.id(head).abbreviated() + " of branch '" + name
                                    + "': merge it, or delete it by force")
                    .with("branch", name);
        }
    }

    private boolean isReachedElsewhere(String ref, Hash head) {
        History history = storage.history();
        List<Hash> others = Stream.of(HEADS, TAGS, REMOTES)
                .flatMap(prefix -> branches.list(prefix).stream())
                .filter(other -> !other.name().equals(ref) && !other.name().equals(RefNames.head(RefNames.SYSTEM)))
                .map(other -> other.value().commit())
                .distinct()
                .toList();
        return others.contains(head) || others.stream().anyMatch(other -> history.isAncestor(head, other));
    }
}
