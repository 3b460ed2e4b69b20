package coppice.engine.merge;

import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.CatalogResolver;
import coppice.kernel.history.History;
import coppice.kernel.tree.Nodes;
import java.util.function.Supplier;

/// What is merged.
public sealed interface Sides {
    /// What both sides come from.
    ///
    /// @param between decides between several best common ancestors
    Catalog base(CatalogResolver between);

    /// What the merge is made into.
    Catalog ours();

    /// What is merged.
    Catalog theirs();

    /// When the sides were written: for one thread.
    Written.Both written();

    /// Two commits, against their best common ancestors. Of several the merged one is worked out, which writes.
    record OfCommits(History history, Nodes nodes, Hash oursAt, Hash theirsAt) implements Sides {
        @Override
        public Catalog base(CatalogResolver between) {
            return history.mergeBase(oursAt, theirsAt, between);
        }

        @Override
        public Catalog ours() {
            return catalog(oursAt);
        }

        @Override
        public Catalog theirs() {
            return catalog(theirsAt);
        }

        private Catalog catalog(Hash commit) {
            return Catalog.load(nodes, history.read(commit).catalog());
        }

        @Override
        public Written.Both written() {
            Writings writings = new Writings(history, nodes);
            return new Written.Both(writings.of(oursAt), writings.of(theirsAt));
        }
    }

    /// A change, from one state to another, that is made to a third.
    ///
    /// @param times gives, each time anew, when the sides were written
    record OfChange(Catalog from, Catalog ours, Catalog theirs, Supplier<Written.Both> times) implements Sides {
        @Override
        public Catalog base(CatalogResolver between) {
            return from;
        }

        @Override
        public Written.Both written() {
            return times.get();
        }
    }
}
