package coppice.engine.past;

import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.CatalogDiff;
import coppice.kernel.history.Commit;
import coppice.kernel.history.History;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one commit changed against all of its parents, each difference found when it is asked for. Where a shallow
/// history ends, a commit is taken for a first one.
final class CommitChanges {
    private final Catalog own;
    private final List<Catalog> parents;

    CommitChanges(Nodes nodes, History history, Commit commit, Catalog none) {
        this.own = Catalog.load(nodes, commit.catalog());
        List<Hash> here = commit.parents().stream().filter(history::isHere).toList();
        this.parents = here.isEmpty() ? List.of(none) : catalogs(nodes, history, here);
    }

    private static List<Catalog> catalogs(Nodes nodes, History history, List<Hash> commits) {
        List<Catalog> all = new ArrayList<>();
        commits.forEach(
                commit -> all.add(Catalog.load(nodes, history.read(commit).catalog())));
        return all;
    }

    /// The spaces that may have changed keys: those that differ from the first parent's.
    List<String> spaces() {
        List<String> names = new ArrayList<>();
        if (parents.stream().noneMatch(own::equals)) {
            for (CatalogDiff diff = parents.getFirst().diff(own); diff.next(); ) {
                names.add(diff.name());
            }
        }
        return names;
    }

    /// How many others the commit is compared with: its parents, or nothing.
    int others() {
        return parents.size();
    }

    /// The trees of a space before and after, where there is one parent.
    Optional<Change> change(String space) {
        return parents.size() == 1
                ? Optional.of(new Change(parents.getFirst().rows(space), own.rows(space)))
                : Optional.empty();
    }

    /// What became of a tree of rows.
    record Change(Tree before, Tree after) {}

    /// The changed keys of a range of a space; null is no bound.
    OwnChanges in(String space, byte @Nullable [] from, byte @Nullable [] to) {
        List<Tree> before = new ArrayList<>();
        parents.forEach(parent -> before.add(parent.rows(space)));
        return new OwnChanges(own.rows(space), before, from, to);
    }
}
