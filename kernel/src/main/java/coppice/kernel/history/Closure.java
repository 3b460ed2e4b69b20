package coppice.kernel.history;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.MergeResult;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Resolution;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeDiff;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All ancestors of a commit, itself left out: a tree whose keys are generation (8 bytes, big-endian) and
/// hash, with empty values.
///
/// A commit is of a higher generation than its ancestors, so the order of the keys is a topological order,
/// and the closure of a child is that of its parents with a few keys at the end: they share nearly all nodes.
/// So "is an ancestor of" is one lookup, and what two histories have in common is found by their hashes. The
/// idea is Dolt's (`go/store/prolly/commit_closure.go`). An immutable value.
final class Closure {
    /// Bytes of a key.
    static final int KEY_BYTES = Long.BYTES + Hash.BYTES;

    private final Tree tree;

    private Closure(Tree tree) {
        this.tree = tree;
    }

    static Closure load(Nodes nodes, Hash root) {
        return new Closure(Tree.load(nodes, root));
    }

    /// The closure of a commit with these parents.
    static Closure ofParents(Nodes nodes, List<Named> parents) {
        if (parents.isEmpty()) {
            return new Closure(Tree.empty(nodes));
        }
        Tree union = Tree.load(nodes, parents.getFirst().commit().closure());
        for (Named parent : parents.subList(1, parents.size())) {
            Tree other = Tree.load(nodes, parent.commit().closure());
            // Without a base everything is an addition, and two additions of the same key are the same.
            MergeResult merged = union.merge(Tree.empty(nodes), other, conflict -> new Resolution.Ours());
            union = merged.tree();
        }
        List<byte[]> keys = new ArrayList<>();
        parents.forEach(parent -> keys.add(parent.key()));
        keys.sort(Bytes::compare);
        return new Closure(union.apply(
                Edits.of(keys.stream().map(key -> Edit.put(key, Bytes.EMPTY)).toList())));
    }

    /// Whether a sound tree is the closure of a commit with these parents. Of a single parent it is known without
    /// making it: then it is the same tree with one key more, and equal keys make equal trees.
    static boolean isOfParents(Nodes nodes, Hash closure, List<Named> parents) {
        return parents.size() == 1
                ? extendsParent(nodes, closure, parents.getFirst())
                : ofParents(nodes, parents).root().equals(closure);
    }

    private static boolean extendsParent(Nodes nodes, Hash closure, Named parent) {
        Tree before = Tree.load(nodes, parent.commit().closure());
        TreeDiff diff = before.diff(Tree.load(nodes, closure));
        return diff.next()
                && diff.kind() == TreeDiff.Kind.ADDED
                && Arrays.equals(diff.key(), parent.key())
                && Arrays.equals(diff.after(), Bytes.EMPTY)
                && !diff.next();
    }

    /// A commit and its name.
    record Named(Hash hash, Commit commit) {
        static final Comparator<Named> BY_KEY = Comparator.comparing(Named::key, Bytes::compare);

        byte[] key() {
            return Closure.key(commit.generation(), hash);
        }
    }

    static byte[] key(long generation, Hash hash) {
        byte[] key = new byte[KEY_BYTES];
        Bytes.putI64BigEndian(key, 0, generation);
        hash.write(key, Long.BYTES);
        return key;
    }

    static Hash hash(byte[] key) {
        return Hash.read(key, Long.BYTES);
    }

    Tree tree() {
        return tree;
    }

    Hash root() {
        return tree.root();
    }

    long count() {
        return tree.count();
    }

    boolean contains(byte[] key) {
        return tree.contains(key);
    }

    /// The greatest key that is in both, or null.
    byte @Nullable [] greatestCommon(Closure other) {
        Cursor mine = tree.cursor();
        Cursor theirs = other.tree.cursor();
        boolean more = mine.last() && theirs.last();
        while (more) {
            byte[] key = mine.key();
            int order = theirs.compareKey(key);
            if (order == 0) {
                return key;
            }
            more = order > 0 ? theirs.previous() : mine.previous();
        }
        return null;
    }
}
