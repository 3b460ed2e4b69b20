package coppice.kernel.history;

import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Lineage;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Knows what came in place of what through the history of some commits: each commit in place of its first parent, and
/// so the nodes of its trees. Costs a diff per commit that is asked for.
public final class CommitLineage implements Lineage {
    private final Nodes nodes;
    private final History history;
    private final List<Hash> heads;
    private final Runnable pace;

    /// @param heads the commits whose ancestors are looked at
    /// @param pace called once per commit, to rest in between or to give up by an exception
    public CommitLineage(Nodes nodes, List<Hash> heads, Runnable pace) {
        this(nodes, new History(nodes), heads, pace);
    }

    /// As above, of a history that may be shallow: what is beyond its floor is left out.
    public CommitLineage(Nodes nodes, History history, List<Hash> heads, Runnable pace) {
        this.nodes = nodes;
        this.history = history;
        this.heads = List.copyOf(heads);
        this.pace = pace;
    }

    @Override
    public void tell(Listener to) {
        for (CommitLog log = history.log(heads); log.next(); ) {
            Hash name = log.hash();
            if (to.wants(name)) {
                pace.run();
                tell(to, name, history.read(name));
            }
        }
    }

    private void tell(Listener to, Hash name, Commit commit) {
        if (commit.parents().isEmpty() || !history.isHere(commit.parents().getFirst())) {
            return;
        }
        Hash parentName = commit.parents().getFirst();
        Commit parent = history.read(parentName);
        to.replaced(parentName, name);
        Tree.load(nodes, commit.closure()).succession(Tree.load(nodes, parent.closure()), to::replaced);
        Catalog before = Catalog.load(nodes, parent.catalog());
        Catalog after = Catalog.load(nodes, commit.catalog());
        after.tree().succession(before.tree(), to::replaced);
        for (CatalogDiff spaces = before.diff(after); spaces.next(); ) {
            tellRows(to, spaces.before(), spaces.after());
        }
    }

    private void tellRows(Listener to, @Nullable SpaceRecord before, @Nullable SpaceRecord after) {
        if (before != null && after != null) {
            Tree.load(nodes, after.root()).succession(Tree.load(nodes, before.root()), to::replaced);
        }
    }
}
