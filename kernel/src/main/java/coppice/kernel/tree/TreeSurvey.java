package coppice.kernel.tree;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MarkSet;
import coppice.kernel.store.MissingChunkException;
import java.util.HashSet;
import java.util.Set;

/// Tells whether all chunks of a tree are there, asked of many trees that share much: each node is looked at once.
/// Reads inner nodes, and leaves with values out of line; not thread-safe. What the chunks say has been checked
/// before.
public final class TreeSurvey {
    private final Nodes nodes;
    private final ChunkFacts facts;
    private final MarkSet whole = new MarkSet();
    private final Set<Hash> broken = new HashSet<>();

    /// @param facts trees that these prove are whole
    public TreeSurvey(Nodes nodes, ChunkFacts facts) {
        this.nodes = nodes;
        this.facts = facts;
    }

    /// Whether all chunks of a tree are there.
    public boolean isWhole(Hash root) {
        if (root.equals(Nodes.EMPTY_ROOT) || facts.provesTree(root)) {
            return true;
        }
        return isWhole(root, true);
    }

    private boolean isWhole(Hash hash, boolean isRead) {
        if (whole.isLive(hash)) {
            return true;
        }
        if (broken.contains(hash)) {
            return false;
        }
        boolean found = isRead ? isReadable(hash) : nodes.chunks().contains(hash);
        if (found) {
            whole.add(hash);
        } else {
            broken.add(hash);
        }
        return found;
    }

    private boolean isReadable(Hash hash) {
        try {
            Node node = NodeReader.read(nodes.format(), nodes.chunks().read(hash), hash);
            boolean all = true;
            for (int entry = 0; entry < node.count() && all; entry++) {
                all = node.isLeaf() ? hasValue(node, entry) : hasChild(node, entry);
            }
            return all;
        } catch (CorruptException | MissingChunkException unreadable) {
            return false;
        }
    }

    private boolean hasChild(Node node, int entry) {
        return isWhole(node.childHash(entry), node.level() > 1 || node.childHasBlobs(entry));
    }

    private boolean hasValue(Node leaf, int entry) {
        int start = leaf.cellStart(entry);
        if (Cell.isInline(leaf.bytes(), start)) {
            return true;
        }
        boolean[] all = {true};
        Cell.blob(leaf.bytes(), start).visitChunks(nodes.chunks(), hash -> {
            all[0] &= nodes.chunks().contains(hash);
            return all[0];
        });
        return all[0];
    }
}
