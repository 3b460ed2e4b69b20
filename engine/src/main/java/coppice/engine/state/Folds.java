package coppice.engine.state;

import coppice.engine.delta.Delta;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The folds of late: for each tree that came of one, the tree before, and the changes that made the one of the
/// other. So what follows from a space can go on over a fold at the cost of the changes, and nobody compares
/// trees to find out what was known when they were made. Safe for all threads.
///
/// Nothing depends on it but speed: what is not known here is in the trees. The trees before are not kept from a
/// sweep: whoever reads them must be ready to find them gone.
public final class Folds {
    private static final long BYTES = 8 << 20;
    private static final int FOLDS_MAX = 256;

    private final long bytesMax;

    private final Map<Hash, Fold> folds = new LinkedHashMap<>(); // by the trees that came of them; guarded by itself
    private long bytes; // guarded by folds

    /// A fold.
    ///
    /// @param isExact whether each of the changes made a difference
    private record Fold(Tree before, Delta changes, boolean isExact) {}

    /// Two states of a space over one folded tree.
    public record Pair(SpaceState one, SpaceState other) {}

    /// No folds yet, of which 8 MiB of changes are remembered.
    public Folds() {
        this(BYTES);
    }

    /// No folds yet.
    ///
    /// @param bytesMax so much heap the changes of all that are remembered hold at most. Whoever writes much folds
    ///     much at a time: what is less than that remembers no fold then
    public Folds(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// Folds a frozen state, as [Folding#fold] does, and remembers it.
    public Spaces fold(BranchState frozen) {
        return Folding.fold(
                frozen, (space, tree, isExact) -> add(tree, new Fold(space.base(), space.aside(), isExact)));
    }

    /// All of a space as a tree that is to take the place of its folded one, as [SpaceState#whole] makes it, and
    /// remembers it.
    public Tree whole(SpaceState state) {
        Tree whole = state.whole();
        add(state.base(), state.changes(), whole);
        return whole;
    }

    /// Remembers a fold; the oldest give way.
    public void add(Tree before, Delta changes, Tree after) {
        add(after, new Fold(before, changes, false));
    }

    private void add(Tree after, Fold fold) {
        if (fold.changes().bytes() > bytesMax || fold.before().equals(after)) {
            return;
        }
        synchronized (folds) {
            forget(folds.remove(after.root()));
            folds.put(after.root(), fold);
            bytes += fold.changes().bytes();
            for (Iterator<Fold> oldest = folds.values().iterator(); bytes > bytesMax || folds.size() > FOLDS_MAX; ) {
                Fold gone = oldest.next();
                oldest.remove();
                forget(gone);
            }
        }
    }

    private void forget(@Nullable Fold gone) {
        if (gone != null) {
            bytes -= gone.changes().bytes();
        }
    }

    /// The changes that make one tree of another, as far as it is known: nothing where it is not. Some may give a
    /// key the value that it had. Costs the changes of all folds in between but the first.
    public Optional<Delta> between(Tree before, Tree after) {
        List<Delta> newestFirst = new ArrayList<>();
        synchronized (folds) {
            Tree at = after;
            while (!at.equals(before)) {
                Fold fold = folds.get(at.root());
                if (fold == null || newestFirst.size() == FOLDS_MAX) {
                    return Optional.empty();
                }
                newestFirst.add(fold.changes());
                at = fold.before();
            }
        }
        return Optional.of(newestFirst.reversed().stream().reduce(Delta.EMPTY, Delta::over));
    }

    /// The changes of the one fold that made one tree of another, where it is known and each of them made a
    /// difference.
    public Optional<Delta> exactly(Tree before, Tree after) {
        synchronized (folds) {
            return Optional.ofNullable(folds.get(after.root()))
                    .filter(fold -> fold.isExact() && fold.before().equals(before))
                    .map(Fold::changes);
        }
    }

    /// Two states of a space, one of them perhaps as changes over the tree that its own was folded from; nothing
    /// where it is not known that they are a few folds apart.
    public Optional<Pair> overOneTree(SpaceState one, SpaceState other) {
        if (one.isOverSameTree(other)) {
            return Optional.of(new Pair(one, other));
        }
        Optional<Pair> forward = over(one.base(), other).map(same -> new Pair(one, same));
        return forward.or(() -> over(other.base(), one).map(same -> new Pair(same, other)));
    }

    private Optional<SpaceState> over(Tree earlier, SpaceState state) {
        return between(earlier, state.base()).map(changes -> state.unfolded(earlier, changes));
    }
}
