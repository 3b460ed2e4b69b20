package coppice.kernel.tree;

import org.jspecify.annotations.Nullable;

/// The keys whose values differ between two trees, in order, one [#next] after the other.
///
/// ```java
/// TreeDiff diff = before.diff(after);
/// while (diff.next()) {
///     show(diff.kind(), diff.key(), diff.before(), diff.after());
/// }
/// ```
///
/// Subtrees that both trees share are stepped over by their hash, at whatever height they meet again, so the
/// cost is O(changed leaves * height) node reads, and nothing for equal trees. Values that live in blobs are
/// compared by their hash, and read only when asked for. To go on later, start a diff of the same trees at
/// the successor of the last key seen; that costs one path per tree. Not thread-safe.
///
/// The walk with two cursors that skips common parents is Dolt's (`go/store/prolly/tree/patch_generator.go`),
/// the whole spans of one side are crabbuild's prolly's (`src/prolly/diff.rs`).
public final class TreeDiff {
    /// What happened to a key.
    public enum Kind {
        /// It is only in the later tree.
        ADDED,
        /// It is only in the earlier tree.
        REMOVED,
        /// It is in both, with different values.
        CHANGED
    }

    /// How many keys differ between two trees.
    public record Count(long added, long removed, long changed) {
        /// All of them together.
        public long total() {
            return added + removed + changed;
        }
    }

    private final Nodes beforeNodes;
    private final Nodes afterNodes;
    private final SpanCursor before;
    private final SpanCursor after;
    private @Nullable Kind kind;
    /// Rows of the current difference: 1 for [#next], more for the whole spans that [#count] takes.
    private long rows;

    private Node beforeNode;
    private Node afterNode;
    private int beforeEntry;
    private int afterEntry;

    TreeDiff(Tree before, Tree after, byte @Nullable [] from, byte @Nullable [] to) {
        this.beforeNodes = before.nodes();
        this.afterNodes = after.nodes();
        this.beforeNode = before.rootNode();
        this.afterNode = after.rootNode();
        this.before = new SpanCursor(beforeNodes, beforeNode, from, to);
        this.after = new SpanCursor(afterNodes, afterNode, from, to);
        if (before.root().equals(after.root())) {
            this.before.finish();
            this.after.finish();
        }
    }

    /// Counts, without reading what is wholly on one side.
    static Count count(Tree before, Tree after, byte @Nullable [] from, byte @Nullable [] to) {
        TreeDiff diff = new TreeDiff(before, after, from, to);
        long added = 0;
        long removed = 0;
        long changed = 0;
        while (diff.step(true)) {
            switch (diff.kind()) {
                case ADDED -> added += diff.rows;
                case REMOVED -> removed += diff.rows;
                case CHANGED -> changed++;
            }
        }
        return new Count(added, removed, changed);
    }

    /// Goes on to the next difference and says whether there is one.
    public boolean next() {
        return step(false);
    }

    /// What happened to [#key].
    ///
    /// @throws IllegalStateException unless the last [#next] was true; so do the other questions about the
    ///     difference
    public Kind kind() {
        Kind current = kind;
        if (current == null) {
            throw new IllegalStateException("No difference here: ask only after next() has returned true");
        }
        return current;
    }

    /// A copy of the key.
    public byte[] key() {
        return kind() == Kind.REMOVED ? beforeNode.key(beforeEntry) : afterNode.key(afterEntry);
    }

    /// A copy of the value in the earlier tree, null when the key is not there. Reads a blob when the value
    /// is in one.
    public byte @Nullable [] before() {
        return kind() == Kind.ADDED ? null : beforeNodes.value(beforeNode, beforeEntry);
    }

    /// A copy of the value in the later tree, null when the key is not there. Reads a blob when the value is
    /// in one.
    public byte @Nullable [] after() {
        return kind() == Kind.REMOVED ? null : afterNodes.value(afterNode, afterEntry);
    }

    /// Goes on to the next differing entry, or, when `whole`, to the next subtree that is wholly on one side.
    private boolean step(boolean whole) {
        while (!before.isDone() || !after.isDone()) {
            int run = before.commonRun(after);
            if (run > 0) {
                before.advance(run);
                after.advance(run);
                continue;
            }
            int order = order();
            if (order == 0 && before.isEntry() && after.isEntry()) {
                found(Kind.CHANGED);
                return true;
            }
            if (order == 0) {
                refine();
                continue;
            }
            SpanCursor alone = order < 0 ? before : after;
            if (alone.isEntry() || (whole && !alone.isPartial())) {
                found(order < 0 ? Kind.REMOVED : Kind.ADDED);
                return true;
            }
            alone.descend();
        }
        kind = null;
        return false;
    }

    /// Negative when what is in front of the earlier tree is wholly before the rest of the later one,
    /// positive the other way round, 0 when they meet or may meet.
    private int order() {
        if (before.isDone() || after.isDone()) {
            return before.isDone() ? 1 : -1;
        }
        if (before.isEntry() && after.isEntry()) {
            return before.compareEnd(after);
        }
        if (before.isBefore(after)) {
            return -1;
        }
        return after.isBefore(before) ? 1 : 0;
    }

    /// Opens what is in front of one or both, which may overlap.
    private void refine() {
        if (before.level() != after.level()) {
            (before.level() > after.level() ? before : after).descend();
            return;
        }
        // The one that reaches further is opened first: the other may then prove to be wholly before all that is in
        // it, and need not be read.
        int order = before.compareEnd(after);
        if (order >= 0) {
            before.descend();
        }
        if (order <= 0) {
            after.descend();
        }
    }

    private void found(Kind what) {
        kind = what;
        rows = what == Kind.REMOVED ? before.rows() : after.rows();
        if (what != Kind.ADDED) {
            beforeNode = before.node();
            beforeEntry = before.entry();
            before.advance();
        }
        if (what != Kind.REMOVED) {
            afterNode = after.node();
            afterEntry = after.entry();
            after.advance();
        }
    }
}
