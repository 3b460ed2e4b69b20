package coppice.kernel.history;

import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Tree;

/// A commit and all its ancestors, as a set that is asked often: it is loaded once, and each question is one lookup
/// in a tree whose nodes stay in memory. An immutable value; safe for all threads.
public final class Ancestors {
    private final Hash head;
    private final long generation;
    private final Closure closure;

    Ancestors(Hash head, long generation, Closure closure) {
        this.head = head;
        this.generation = generation;
        this.closure = closure;
    }

    /// The commit itself.
    public Hash head() {
        return head;
    }

    /// The generation of the commit itself; the others have lower ones.
    public long generation() {
        return generation;
    }

    /// How many commits there are, the commit itself among them. O(1).
    public long count() {
        return closure.count() + 1;
    }

    /// Whether a commit is the one or an ancestor of it. O(log n); where the generation says enough, nothing is
    /// read.
    ///
    /// @param of the other commit's generation
    public boolean contains(Hash commit, long of) {
        if (of >= generation) {
            return commit.equals(head);
        }
        return closure.contains(Closure.key(of, commit));
    }

    /// The tree of the ancestors without the commit itself, with a row for each: its key is the generation, 8
    /// bytes in big-endian order, and the hash.
    public Tree tree() {
        return closure.tree();
    }
}
