package coppice.kernel.store;

import coppice.kernel.bytes.Hash;

/// Knows which chunk stood before another at the same place: of a tree, of a chain of commits. The store itself
/// knows chunks only; with this a [Sweep] stores versions of one thing as a [Group].
///
/// What it tells is a hint: whatever it says, nothing is lost, and only space is won.
@FunctionalInterface
public interface Lineage {
    /// Knows nothing.
    Lineage NONE = _ -> {};

    /// Tells all it knows, newest versions first. Called more than once during a sweep.
    void tell(Listener to);

    /// Takes hints.
    interface Listener {
        /// Whether hints about this chunk are of use now; if not, those about what was written together with it are
        /// not worth finding out either.
        boolean wants(Hash chunk);

        /// Says that `newer` came into the place of `older`.
        void replaced(Hash older, Hash newer);
    }
}
