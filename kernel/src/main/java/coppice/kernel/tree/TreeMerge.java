package coppice.kernel.tree;

import coppice.kernel.tree.MergeConflict.Place;
import org.jspecify.annotations.Nullable;

/// Merges what two trees changed since a common base: one pass over the three trees side by side.
///
/// Where one side is the base, by the hash of a subtree, the rows of the other are taken, again in whole
/// subtrees; only where all three differ are they opened. So changes in different places cost the edges of
/// these places alone: O(changed leaves on both sides * height) node reads at most, and the result shares all
/// else with its sources. Because the [Assembler] writes it, the merged tree is the one that a clean build of
/// the merged rows would give.
///
/// The idea of range patches beside key edits is Dolt's (`go/store/prolly/tree/patch_based_merging.go`).
final class TreeMerge {
    private final SpanCursor base;
    private final SpanCursor ours;
    private final SpanCursor theirs;
    private final Nodes nodes;
    private final ConflictResolver resolver;
    private final @Nullable Assembler out;
    private long conflicts;
    private long unresolved;

    private TreeMerge(Tree base, Tree ours, Tree theirs, ConflictResolver resolver, @Nullable Assembler out) {
        this.nodes = ours.nodes();
        this.base = new SpanCursor(base.nodes(), base.rootNode(), null, null);
        this.ours = new SpanCursor(nodes, ours.rootNode(), null, null);
        this.theirs = new SpanCursor(theirs.nodes(), theirs.rootNode(), null, null);
        this.resolver = resolver;
        this.out = out;
    }

    static MergeResult merge(Tree base, Tree ours, Tree theirs, ConflictResolver resolver, WriteStatistics statistics) {
        if (base.equals(theirs) || ours.equals(theirs)) {
            return new MergeResult(ours, 0, 0);
        }
        if (base.equals(ours)) {
            return new MergeResult(theirs, 0, 0);
        }
        Assembler assembler = new Assembler(ours.nodes(), statistics, false);
        TreeMerge merge = new TreeMerge(base, ours, theirs, resolver, assembler);
        merge.run();
        return new MergeResult(assembler.finish(), merge.conflicts, merge.unresolved);
    }

    /// Finds the conflicts of a merge without writing anything; what the visitor decides has no effect.
    static long conflicts(Tree base, Tree ours, Tree theirs, ConflictResolver visitor) {
        if (base.equals(theirs) || ours.equals(theirs) || base.equals(ours)) {
            return 0;
        }
        TreeMerge merge = new TreeMerge(base, ours, theirs, visitor, null);
        merge.run();
        return merge.conflicts;
    }

    /// Goes through the trees from the first key to the last.
    private void run() {
        while (!base.isDone() || !ours.isDone() || !theirs.isDone()) {
            if (!takeUnchanged()) {
                takeFirst();
            }
        }
    }

    /// Where two of the three agree on the next rows or subtrees, the third decides; or they agree against it.
    private boolean takeUnchanged() {
        return takeFrom(theirs, base, ours) || takeFrom(ours, base, theirs) || takeAgreed();
    }

    private boolean takeFrom(SpanCursor decider, SpanCursor a, SpanCursor b) {
        int run = a.commonRun(b);
        if (run == 0) {
            return false;
        }
        Node node = a.node();
        int last = a.entry() + run - 1;
        a.advance(run);
        b.advance(run);
        take(decider, node, last);
        return true;
    }

    private boolean takeAgreed() {
        int run = ours.commonRun(theirs);
        if (run == 0) {
            return false;
        }
        Node node = ours.node();
        int last = ours.entry() + run - 1;
        theirs.advance(run);
        take(ours, node, last);
        // What the base has there is passed later, as deleted on both sides.
        return true;
    }

    /// Takes what ends first, or opens a subtree when that reaches into others.
    private void takeFirst() {
        SpanCursor first = first(first(base, ours), theirs);
        boolean withBase = meets(first, base);
        boolean withOurs = meets(first, ours);
        boolean withTheirs = meets(first, theirs);
        if (withBase ? !withOurs && !withTheirs : withOurs != withTheirs) {
            // Alone: deleted on both sides, or added on one.
            if (withBase) {
                base.advance();
            } else {
                take(first, first.node(), first.entry());
            }
            return;
        }
        SpanCursor highest = null;
        highest = withBase ? higher(highest, base) : highest;
        highest = withOurs ? higher(highest, ours) : highest;
        highest = withTheirs ? higher(highest, theirs) : highest;
        if (highest != null && !highest.isEntry()) {
            highest.descend();
        } else {
            conflict(withBase, withOurs, withTheirs);
        }
    }

    /// The one whose front ends first; one that is done comes last.
    private static SpanCursor first(SpanCursor a, SpanCursor b) {
        if (a.isDone() || b.isDone()) {
            return a.isDone() ? b : a;
        }
        return a.compareEnd(b) <= 0 ? a : b;
    }

    private static boolean meets(SpanCursor first, SpanCursor other) {
        return first == other || (!other.isDone() && !first.isBefore(other));
    }

    /// Of two, the one to open: the higher, or the one that reaches further, so that the other may prove to
    /// be wholly before what is in it.
    private static SpanCursor higher(@Nullable SpanCursor a, SpanCursor b) {
        if (a == null || b.level() > a.level()) {
            return b;
        }
        return b.level() == a.level() && b.compareEnd(a) > 0 ? b : a;
    }

    /// One key is in two or three of the trees, and no two agree on it, or a run would have taken it.
    private void conflict(boolean inBase, boolean inOurs, boolean inTheirs) {
        conflicts++;
        SpanCursor present = inOurs ? ours : theirs;
        byte[] key = present.node().key(present.entry());
        MergeConflict conflict = new MergeConflict(
                key, inBase ? place(base) : null, inOurs ? place(ours) : null, inTheirs ? place(theirs) : null);
        switch (resolver.resolve(conflict)) {
            case Resolution.Take(byte[] value) -> {
                Tree.checkValue(value);
                if (out != null) {
                    out.add(key, value);
                }
            }
            case Resolution.Ours _ -> appendIf(inOurs, ours);
            case Resolution.Theirs _ -> appendIf(inTheirs, theirs);
            case Resolution.Delete _ -> {}
            case Resolution.Unresolved _ -> {
                unresolved++;
                appendIf(inOurs, ours);
            }
        }
        advanceIf(inBase, base);
        advanceIf(inOurs, ours);
        advanceIf(inTheirs, theirs);
    }

    private static void advanceIf(boolean present, SpanCursor side) {
        if (present) {
            side.advance();
        }
    }

    private Place place(SpanCursor side) {
        return new Place(nodes, side.node(), side.entry());
    }

    private void appendIf(boolean present, SpanCursor side) {
        if (present) {
            append(side, 1);
        }
    }

    /// Takes all rows of a side up to a key, that one included, and passes them.
    private void take(SpanCursor side, Node end, int endEntry) {
        while (!side.isDone()) {
            int run = side.runThrough(end, endEntry);
            if (run > 0) {
                append(side, run);
                side.advance(run);
            } else if (side.isAfter(end, endEntry)) {
                return;
            } else {
                side.descend();
            }
        }
    }

    private void append(SpanCursor side, int run) {
        if (out != null) {
            out.append(side.node(), side.entry(), side.entry() + run, side.isNodeOnRightEdge());
        }
    }
}
