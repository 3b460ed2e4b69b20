package coppice.kernel.history;

import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeDiff;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Finds commits by the beginning of their names.
final class PrefixSearch {
    private final Nodes nodes;
    private final String prefix;
    private final Set<Hash> found;
    private final int limit;

    PrefixSearch(Nodes nodes, String prefix, Set<Hash> found, int limit) {
        this.nodes = nodes;
        this.prefix = prefix;
        this.found = found;
        this.limit = limit;
    }

    /// Looks at each head, and at those ancestors that the head before it has not.
    void search(List<Closure.Named> heads) {
        Tree before = Tree.empty(nodes);
        for (Closure.Named head : heads) {
            add(head.hash());
            Tree closure = Tree.load(nodes, head.commit().closure());
            TreeDiff diff = before.diff(closure);
            while (found.size() < limit && diff.next()) {
                if (diff.kind() == TreeDiff.Kind.ADDED) {
                    add(Closure.hash(diff.key()));
                }
            }
            before = closure;
        }
    }

    private void add(Hash hash) {
        if (found.size() < limit && matches(hash)) {
            found.add(hash);
        }
    }

    private boolean matches(Hash hash) {
        int digits = Math.min(prefix.length(), 16);
        long first = hash.prefix() >>> (Long.SIZE - 4 * digits);
        return first == HexFormat.fromHexDigitsToLong(prefix, 0, digits)
                && (digits == prefix.length() || hash.toString().startsWith(prefix));
    }
}
