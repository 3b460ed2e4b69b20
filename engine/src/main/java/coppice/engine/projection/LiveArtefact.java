package coppice.engine.projection;

import coppice.engine.log.SpaceWrites;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.kernel.tree.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The entries of a space that is written to: those of its folded tree, and over them what follows from what was
/// written since. Safe for all threads.
///
/// A state has its entries when somebody asks: made from those of the state that was asked for last, by the keys
/// in which the two differ. So writers do nothing for them, and who reads after each write pays for that write
/// only. It does not matter which of two states is the later.
public final class LiveArtefact {
    private final Derivation derivation;
    private final Artefacts artefacts;
    private final Roots roots;
    private volatile @Nullable Known last;

    private record Known(SpaceState source, SpaceState entries) {}

    /// Of a space, on one branch: states of others are welcome too, but take longer.
    public LiveArtefact(Derivation derivation, Artefacts artefacts, Roots roots) {
        this.derivation = derivation;
        this.artefacts = artefacts;
        this.roots = roots;
    }

    /// The entries of a state. Costs nothing when it was asked for last; else what differs from that, where both
    /// are over the same folded tree; else what [Artefacts#of] costs, and what is not folded.
    @SuppressWarnings("ReferenceEquality") // the very same state
    public SpaceState of(SpaceState source) {
        Known known = last;
        if (known != null && known.source() == source) {
            return known.entries();
        }
        Known from = known != null && known.source().base().equals(source.base()) ? known : folded(source);
        EntryChanges changes = new EntryChanges(derivation);
        source.differing(from.source(), key -> {
            if (derivation.keys().contains(key)) {
                changes.row(key, from.source().get(key), source.get(key));
            }
        });
        SpaceState entries = changes.size() == 0
                ? from.entries()
                : from.entries().with(new SpaceWrites("entries", changes.keys(), changes.values()));
        last = new Known(source, entries);
        return entries;
    }

    /// What was folded, whose entries are kept for as long as a state of them is in use.
    private Known folded(SpaceState source) {
        Tree entries = roots.writing(() -> {
            Tree made = artefacts.of(derivation, source.base());
            roots.hold(made, List.of(new Roots.OfTree(made.root())));
            return made;
        });
        return new Known(SpaceState.of(roots, source.base()), SpaceState.of(roots, entries));
    }
}
