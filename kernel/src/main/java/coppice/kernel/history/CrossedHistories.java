package coppice.kernel.history;

import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.MergeConflict;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Resolution;
import java.util.List;

/// What to merge two commits on. Where merges crossed there are several best common ancestors, and with any single
/// one of them changes that both sides have long merged look like conflicts; so the bases themselves are merged
/// first, on their own bases, as git's recursive strategy does.
final class CrossedHistories {
    /// Bases of bases of bases ... beyond this are not merged; the newest stands for them.
    private static final int DEPTH_MAX = 32;

    private final History history;
    private final Nodes nodes;

    CrossedHistories(History history, Nodes nodes) {
        this.history = history;
        this.nodes = nodes;
    }

    Catalog of(Hash a, Hash b) {
        return of(a, b, 0);
    }

    private Catalog of(Hash a, Hash b, int depth) {
        List<Hash> bases = history.mergeBases(a, b);
        if (bases.isEmpty()) {
            return Catalog.empty(nodes);
        }
        Hash first = bases.getFirst();
        Catalog merged = catalog(first);
        if (depth == DEPTH_MAX) {
            return merged;
        }
        for (Hash next : bases.subList(1, bases.size())) {
            merged = merged.merge(of(first, next, depth + 1), catalog(next), CrossedHistories::keepBase)
                    .catalog();
        }
        return merged;
    }

    private Catalog catalog(Hash commit) {
        return Catalog.load(nodes, history.read(commit).catalog());
    }

    /// What the bases disagree on stays as it was before, so that it can only look changed to both sides, never
    /// unchanged to one.
    private static Resolution keepBase(String space, MergeConflict conflict) {
        byte[] base = conflict.base();
        return base == null ? new Resolution.Delete() : new Resolution.Take(base);
    }
}
