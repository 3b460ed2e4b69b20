package coppice.kernel.history;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.TreeDiff;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Finds the best common ancestors of two commits of which neither is an ancestor of the other.
///
/// The common ancestor of the highest generation is a best one. The others are to be found among the common
/// ancestors that are not ancestors of it; as the three closures agree on nearly all of their nodes, two tree
/// diffs give them.
final class MergeBases {
    private final History history;
    private final Closure left;
    private final Closure right;

    MergeBases(History history, Closure left, Closure right) {
        this.history = history;
        this.left = left;
        this.right = right;
    }

    List<Hash> find() {
        byte[] first = left.greatestCommon(right);
        if (first == null) {
            return List.of();
        }
        List<Hash> bases = new ArrayList<>();
        Closure below = add(first, bases);
        // Where one side has nothing else below the base, no other common ancestor is left.
        if (left.tree().rank(first) == below.count() || right.tree().rank(first) == below.count()) {
            return bases;
        }
        List<Closure> covered = new ArrayList<>(List.of(below));
        Deque<byte[]> candidates = commonBeside(below, first);
        while (!candidates.isEmpty()) {
            byte[] candidate = candidates.removeLast();
            if (covered.stream().noneMatch(closure -> closure.contains(candidate))) {
                covered.add(add(candidate, bases));
            }
        }
        return bases;
    }

    private Closure add(byte[] key, List<Hash> bases) {
        Hash base = Closure.hash(key);
        bases.add(base);
        return history.closure(history.read(base));
    }

    /// The common ancestors that are not in `below`, and less than the key it is the closure of, in ascending
    /// order.
    private Deque<byte[]> commonBeside(Closure below, byte[] key) {
        TreeDiff ofLeft = below.tree().diff(left.tree(), null, key);
        TreeDiff ofRight = below.tree().diff(right.tree(), null, key);
        Deque<byte[]> common = new ArrayDeque<>();
        boolean more = ofLeft.next() && ofRight.next();
        while (more) {
            byte[] candidate = ofLeft.key();
            int order = Bytes.compare(candidate, ofRight.key());
            if (order == 0) {
                common.add(candidate);
            }
            more = (order > 0 || ofLeft.next()) && (order < 0 || ofRight.next());
        }
        return common;
    }
}
