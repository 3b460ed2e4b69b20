package coppice.engine.past;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeDiff;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of one tree that differ from each of some other trees, in order, one [#next] after the other: what a
/// commit changed in a space, be it a merge or not. Not thread-safe.
///
/// With several others, the differences from each are walked in step; the one that is behind is taken forward by
/// a new walk where it would have to pass much. So the cost follows the least of the sets of differences, not
/// their sum.
final class OwnChanges {
    /// So many differences are passed one by one before a walk is begun anew further on, which costs a path.
    private static final int STEPS = 16;

    private final Tree own;
    private final List<Tree> others;
    private final byte @Nullable [] to;
    private final TreeDiff[] diffs;

    /// @param own the tree that is asked about
    /// @param others at least one
    OwnChanges(Tree own, List<Tree> others, byte @Nullable [] from, byte @Nullable [] to) {
        this.own = own;
        this.others = others;
        this.to = to;
        this.diffs = new TreeDiff[others.size()];
        for (int i = 0; i < diffs.length; i++) {
            diffs[i] = others.get(i).diff(own, from, to);
        }
    }

    /// Goes on to the next key and says whether there is one.
    boolean next() {
        for (TreeDiff diff : diffs) {
            if (!diff.next()) {
                return false;
            }
        }
        return diffs.length == 1 || meet();
    }

    /// Takes all to the first key from here on that all have.
    private boolean meet() {
        byte[] target = diffs[0].key();
        int agreeing = 1;
        for (int i = 1; agreeing < diffs.length; i = (i + 1) % diffs.length) {
            if (!reach(i, target)) {
                return false;
            }
            byte[] key = diffs[i].key();
            if (Bytes.compare(key, target) == 0) {
                agreeing++;
            } else {
                target = key;
                agreeing = 1;
            }
        }
        return true;
    }

    /// Takes one to the first key at or after another.
    private boolean reach(int index, byte[] target) {
        for (int step = 0; Bytes.compare(diffs[index].key(), target) < 0; step++) {
            if (step == STEPS) {
                diffs[index] = others.get(index).diff(own, target, to);
            }
            if (!diffs[index].next()) {
                return false;
            }
        }
        return true;
    }

    /// A copy of the key.
    byte[] key() {
        return diffs[0].key();
    }

    /// The value in the first of the other trees, null when the key is not there.
    byte @Nullable [] before() {
        return diffs[0].before();
    }

    /// The value in each of the other trees.
    byte @Nullable [] before(int other) {
        return diffs[other].before();
    }

    /// The value in the own tree, null when the key is not there.
    byte @Nullable [] after() {
        return diffs[0].after();
    }
}
