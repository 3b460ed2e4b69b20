package coppice.kernel.tree;

import coppice.kernel.bytes.Hash;
import java.util.function.BiConsumer;

/// Pairs the nodes of two versions of a tree that stand at the same place: on the same level, over the same keys. They
/// differ in little, so one is well stored as a difference from the other.
final class NodeSuccession {
    private final Nodes beforeNodes;
    private final Nodes afterNodes;
    private final BiConsumer<Hash, Hash> pairs;

    NodeSuccession(Nodes beforeNodes, Nodes afterNodes, BiConsumer<Hash, Hash> pairs) {
        this.beforeNodes = beforeNodes;
        this.afterNodes = afterNodes;
        this.pairs = pairs;
    }

    /// Tells the pairs of nodes below two that stand at the same place, themselves left out.
    void below(Node before, Node after) {
        if (before.level() == 0 || before.level() != after.level()) {
            return;
        }
        int shared = 0;
        int paired = -1;
        for (int child = 0; child < after.count(); child++) {
            Hash hash = after.childHash(child);
            if (shared < before.count() && before.childHash(shared).equals(hash)) {
                shared++;
                continue;
            }
            int place = Math.min(before.search(after.key(child)), before.count() - 1);
            shared = place + 1;
            if (place == paired || before.childHash(place).equals(hash)) {
                continue;
            }
            paired = place;
            pairs.accept(before.childHash(place), hash);
            if (after.level() > 1) {
                below(beforeNodes.passing(before, place), afterNodes.passing(after, child));
            }
        }
    }
}
