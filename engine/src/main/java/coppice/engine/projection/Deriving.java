package coppice.engine.projection;

import coppice.engine.state.Roots;
import coppice.kernel.platform.Tasks;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.List;
import java.util.Optional;

/// Makes trees of entries: of whole inputs, or from the entries of another state of them by what differs. Writes
/// chunks. Safe for all threads.
///
/// @param nodes where trees are
/// @param roots keeps what is read
/// @param tasks where many rows are looked at by several threads
/// @param workers how many, the caller included
/// @param batchBytes how much heap the entries may take that wait to be put in order
public record Deriving(Nodes nodes, Roots roots, Tasks tasks, int workers, long batchBytes) {
    /// Entries are made anew when so large a part of the rows differs: that costs about as much. A derivation
    /// makes all of them in order, which is some thirty times as quick as to change as many here and there.
    private static final int ANEW_RATIO = 4;

    private static final int DERIVED_ANEW_RATIO = 32;

    /// Fewer rows than this are never too many.
    private static final int FEW = 1_000;

    /// The entries of all rows of the inputs. Costs a walk over the rows, and sorting the entries: in memory, or
    /// where they are too many for that, by merging trees of them.
    Tree all(Step step, List<Tree> inputs, Ticker ticker) {
        return step instanceof Derivation each
                ? AllEntries.of(each, this, inputs.getFirst(), ticker)
                : TreeAdvance.all(step, this, inputs, ticker);
    }

    /// The entries of the inputs from those of another state of them. Costs what differs; nothing comes of it when
    /// that is so much that making all anew is quicker.
    Optional<Tree> advanced(Step step, List<Tree> before, Tree entries, List<Tree> after, Ticker ticker) {
        long rows = after.stream().mapToLong(Tree::count).sum();
        long most = rows / (step instanceof Derivation ? DERIVED_ANEW_RATIO : ANEW_RATIO);
        try {
            return Optional.of(
                    new TreeAdvance(step, this, ticker, before, entries, after, Math.max(FEW, most)).finish());
        } catch (TreeAdvance.TooMuch _) {
            return Optional.empty();
        }
    }
}
