package coppice.kernel.history;

import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/// Visits all chunks that refs need: what a sweep must keep, and what a copy must bring along.
///
/// Each hash is told to a predicate, parents before children; where that says no (it has seen the hash
/// before, or the other side has it), all below is left out, so a shared subtree costs one question. Reads
/// every chunk visited but blob data.
public final class Reachable {
    private final Nodes nodes;
    private final History history;
    private final Predicate<Hash> enter;

    /// @param enter whether a chunk and what is below it are to be visited; asked many times for a shared one
    public Reachable(Nodes nodes, Predicate<Hash> enter) {
        this(nodes, new History(nodes), enter);
    }

    /// As above, of a history that may be shallow: what is beyond its floor is left out.
    public Reachable(Nodes nodes, History history, Predicate<Hash> enter) {
        this.nodes = nodes;
        this.history = history;
        this.enter = enter;
    }

    /// Visits the tree of refs and all that its refs point to.
    public void visit(Refs refs) {
        refs.tree().visitChunks(enter);
        for (Refs.Ref ref : refs.list("")) {
            visitCommit(ref.value().commit());
            Hash working = ref.value().working();
            if (working != null) {
                visitCatalog(working);
            }
        }
    }

    /// Visits a commit and all its ancestors, with their data.
    public void visitCommit(Hash head) {
        Deque<Hash> open = new ArrayDeque<>();
        open.push(head);
        while (!open.isEmpty()) {
            Hash next = open.pop();
            if (enter.test(next)) {
                Commit commit = history.read(next);
                visitTree(commit.closure());
                visitCatalog(commit.catalog());
                commit.parents().stream().filter(history::isHere).forEach(open::push);
            }
        }
    }

    /// Visits a catalog and the trees of its spaces and of their schemas.
    public void visitCatalog(Hash root) {
        boolean[] entered = {false};
        Catalog catalog = Catalog.load(nodes, root);
        catalog.tree().visitChunks(hash -> {
            boolean enters = enter.test(hash);
            entered[0] |= enters;
            return enters;
        });
        if (!entered[0]) {
            return;
        }
        for (Catalog.Space space : catalog.spaces()) {
            visitTree(space.record().root());
            Hash schema = space.record().schema();
            if (schema != null) {
                visitTree(schema);
            }
        }
    }

    /// Asks before it reads: of the trees of a commit nearly all are those of another.
    private void visitTree(Hash root) {
        if (enter.test(root)) {
            Tree.load(nodes, root).visitChunks(hash -> hash.equals(root) || enter.test(hash));
        }
    }
}
