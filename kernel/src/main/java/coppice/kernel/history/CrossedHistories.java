package coppice.kernel.history;

import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.MergeConflict;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Resolution;
import java.util.List;

/// What to merge two commits on. Where merges crossed there are several best common ancestors, and with any single
/// one of them changes that both sides have long merged look like conflicts; so the bases themselves are merged
/// first, on their own bases, as git's recursive strategy does: the first with the second gives a commit that
/// nobody made, that with the third another, and so on. What the bases disagree on becomes a [Disagreement].
final class CrossedHistories {
    /// Bases of bases of bases ... beyond this are not merged; the newest stands for them.
    private static final int DEPTH_MAX = 32;

    private final History history;
    private final Nodes nodes;
    private final CatalogResolver resolver;

    CrossedHistories(History history, Nodes nodes, CatalogResolver resolver) {
        this.history = history;
        this.nodes = nodes;
        this.resolver = resolver;
    }

    Catalog of(Hash a, Hash b) {
        return of(a, b, 0);
    }

    private Catalog of(Hash a, Hash b, int depth) {
        List<Hash> bases = history.mergeBases(a, b);
        if (bases.isEmpty()) {
            return Catalog.empty(nodes);
        }
        Hash virtual = bases.getFirst();
        Catalog merged = catalog(virtual);
        if (depth == DEPTH_MAX) {
            return merged;
        }
        for (int i = 1; i < bases.size(); i++) {
            Hash next = bases.get(i);
            merged = merged.merge(of(virtual, next, depth + 1), catalog(next), new Inner())
                    .catalog();
            if (i + 1 < bases.size()) {
                virtual = history.commit(CommitDraft.of(merged.root(), List.of(virtual, next), "", 0, ""));
            }
        }
        return merged;
    }

    private Catalog catalog(Hash commit) {
        return Catalog.load(nodes, history.read(commit).catalog());
    }

    /// Decides as it was told to, and notes what is not decided.
    private final class Inner implements CatalogResolver {
        @Override
        public Resolution row(String space, MergeConflict conflict) {
            Resolution decided = resolver.row(space, conflict);
            return decided instanceof Resolution.Unresolved ? new Resolution.Take(Disagreement.of(conflict)) : decided;
        }

        @Override
        public SpaceResolution space(SpaceConflict conflict) {
            return resolver.space(conflict);
        }
    }
}
