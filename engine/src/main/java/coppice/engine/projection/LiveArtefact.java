package coppice.engine.projection;

import coppice.engine.state.Folds;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The entries of inputs that are written to: those of their folded trees, and over them what follows from what was
/// written since. Safe for all threads.
///
/// A state has its entries when somebody asks: made from those of a state that was asked for lately, by the keys in
/// which the two differ. So writers do nothing for them, and who reads after each write pays for that write only,
/// also where it was folded in between. It does not matter which of two states is the later, nor on which
/// branches they are.
final class LiveArtefact {
    /// So many states are remembered at most, of that many branches that are asked by turns...
    private static final int REMEMBERED = 64;

    /// ...and no more than hold so much heap together, besides the latest.
    private static final long REMEMBERED_BYTES = 16 << 20;

    /// So many bytes of entries are put into a tree of their own.
    private static final long FOLDED_BYTES = 8 << 20;

    private final Step step;
    private final Artefacts artefacts;
    private final Roots roots;
    private final Folds folds;
    private volatile List<Known> remembered = List.of();

    /// States that are known, the latest asked for first.
    private record Known(List<SpaceState> inputs, SpaceState entries) {
        @SuppressWarnings("ReferenceEquality") // the very same states
        boolean isOf(List<SpaceState> others) {
            for (int i = 0; i < others.size(); i++) {
                if (inputs.get(i) != others.get(i)) {
                    return false;
                }
            }
            return true;
        }

        long bytes() {
            return entries.unfoldedBytes()
                    + inputs.stream().mapToLong(SpaceState::unfoldedBytes).sum();
        }

        boolean isOver(List<SpaceState> others) {
            for (int i = 0; i < others.size(); i++) {
                if (!inputs.get(i).isOverSameTree(others.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /// The way from a state that is known to another: both over the same folded trees.
    private record Way(Known from, List<SpaceState> before, List<SpaceState> after) {
        long distance() {
            long distance = 0;
            for (int i = 0; i < after.size(); i++) {
                distance += after.get(i).distance(before.get(i));
            }
            return distance;
        }
    }

    /// What a step makes of states that are asked for.
    LiveArtefact(Step step, Artefacts artefacts, Roots roots, Folds folds) {
        this.step = step;
        this.artefacts = artefacts;
        this.roots = roots;
        this.folds = folds;
    }

    /// The entries of a state of one input.
    SpaceState of(SpaceState input) {
        return of(List.of(input), Ticker.NONE);
    }

    /// The entries of a state. Costs nothing when it was asked for lately; else what differs from one that was,
    /// where both are over the same folded trees, or over trees that are a few folds apart; else what
    /// [Artefacts#of] costs, and what is not folded.
    ///
    /// @param ticker is told of rows of folded trees that are looked at
    SpaceState of(List<SpaceState> inputs, Ticker ticker) {
        List<Known> known = remembered;
        Known near = near(known, inputs);
        if (near != null && near.isOf(inputs)) {
            return near.entries();
        }
        SpaceState entries =
                near == null ? overFolds(known, inputs, ticker) : along(new Way(near, near.inputs(), inputs));
        boolean isSmall = entries.unfoldedBytes() < FOLDED_BYTES;
        Known next = new Known(inputs, isSmall || step.isReadBesideItsRows() ? entries : folded(entries));
        remember(next, near, known);
        return next.entries();
    }

    /// The very same state if it is known, else the latest over the same folded trees. A plain loop: each reader
    /// comes by here.
    private static @Nullable Known near(List<Known> known, List<SpaceState> inputs) {
        Known near = null;
        for (Known one : known) {
            if (one.isOf(inputs)) {
                return one;
            }
            near = near == null && one.isOver(inputs) ? one : near;
        }
        return near;
    }

    private SpaceState along(Way way) {
        return LiveAdvance.from(step, way.before(), way.from().entries(), way.after());
    }

    private SpaceState overFolds(List<Known> known, List<SpaceState> inputs, Ticker ticker) {
        if (!isKnown(inputs)) {
            if (step.isReadBesideItsRows()) {
                List<SpaceState> folded = overTrees(bases(inputs));
                follow(known, folded).ifPresent(entries -> learn(folded, entries));
            } else {
                Optional<SpaceState> entries = follow(known, inputs);
                if (entries.isPresent()) {
                    return entries.get();
                }
            }
        }
        Known folded = folded(inputs, ticker);
        return along(new Way(folded, folded.inputs(), inputs));
    }

    /// The entries of a state, if one is known that is a few folds away.
    private Optional<SpaceState> follow(List<Known> known, List<SpaceState> inputs) {
        try {
            return followed(known, inputs).map(this::along);
        } catch (MissingChunkException _) {
            // Nothing but this needed the tree before the fold, and a sweep took it. The trees of now are there.
            return Optional.empty();
        }
    }

    private List<SpaceState> overTrees(List<Tree> trees) {
        return trees.stream().map(tree -> SpaceState.of(roots, tree)).toList();
    }

    /// Folds the entries of folded trees, and has [Artefacts] know them.
    private SpaceState learn(List<SpaceState> inputs, SpaceState entries) {
        SpaceState folded = folded(entries);
        artefacts.learn(step, bases(inputs), folded.base());
        return folded;
    }

    /// The way from a state that is a few folds away.
    private Optional<Way> followed(List<Known> known, List<SpaceState> inputs) {
        return known.stream().flatMap(one -> way(one, inputs).stream()).findFirst();
    }

    private Optional<Way> way(Known from, List<SpaceState> inputs) {
        List<SpaceState> before = new ArrayList<>();
        List<SpaceState> after = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Optional<Folds.Pair> pair = folds.overOneTree(from.inputs().get(i), inputs.get(i));
            if (pair.isEmpty()) {
                return Optional.empty();
            }
            before.add(pair.get().one());
            after.add(pair.get().other());
        }
        return Optional.of(new Way(from, before, after));
    }

    /// Whether the entries of a state take little to make: those of the folded trees are known, or of others that
    /// are a few folds away.
    boolean isNear(List<SpaceState> inputs) {
        return ready(bases(inputs)).isPresent() || followed(remembered, inputs).isPresent();
    }

    /// The folded tree of the entries of folded trees, or of a state over them, if it is known.
    Optional<Tree> ready(List<Tree> inputs) {
        return remembered.stream()
                .filter(one -> bases(one.inputs()).equals(inputs))
                .map(one -> one.entries().base())
                .findFirst()
                .or(() -> artefacts.find(step, inputs));
    }

    private boolean isKnown(List<SpaceState> inputs) {
        return artefacts.find(step, bases(inputs)).isPresent();
    }

    /// The entries of folded trees, as a tree that [Artefacts] knows from now on. Costs what [#of(List, Ticker)]
    /// does, and to fold what has come in memory.
    Tree settled(List<Tree> inputs) {
        return artefacts.find(step, inputs).orElseGet(() -> roots.writing(() -> settle(inputs)));
    }

    private Tree settle(List<Tree> inputs) {
        List<SpaceState> states = overTrees(inputs);
        SpaceState entries = learn(states, of(states, Ticker.NONE));
        remember(new Known(states, entries), null, remembered);
        return entries.base();
    }

    /// About how many rows have to be looked at before the entries of a state are there; [Results#FAR] where
    /// those are more than so many.
    long lag(List<SpaceState> inputs, long most) {
        List<Known> known = remembered;
        Known near = near(known, inputs);
        Optional<Way> way = near != null
                ? Optional.of(new Way(near, near.inputs(), inputs))
                : isKnown(inputs) ? Optional.empty() : followed(known, inputs);
        long lag = way.map(Way::distance).orElseGet(() -> lagOverTrees(inputs, most));
        return lag > most ? Results.FAR : lag;
    }

    private long lagOverTrees(List<SpaceState> inputs, long most) {
        long trees = artefacts.distance(step, bases(inputs), most);
        return trees == Results.FAR
                ? trees
                : trees + inputs.stream().mapToLong(SpaceState::unfolded).sum();
    }

    @SuppressWarnings("ReferenceEquality") // it is this one that the next came from
    private void remember(Known next, @Nullable Known near, List<Known> known) {
        List<Known> all = new ArrayList<>(List.of(next));
        long bytes = 0;
        for (Known one : known) {
            bytes += one.bytes();
            if (one != near && bytes <= REMEMBERED_BYTES && all.size() < REMEMBERED) {
                all.add(one);
            }
        }
        remembered = List.copyOf(all);
    }

    private static List<Tree> bases(List<SpaceState> inputs) {
        return inputs.stream().map(SpaceState::base).toList();
    }

    /// What was folded, whose entries are kept for as long as a state of them is in use.
    private Known folded(List<SpaceState> inputs, Ticker ticker) {
        Optional<Tree> known = artefacts.find(step, bases(inputs));
        Tree entries = roots.writing(() -> kept(known.orElseGet(() -> artefacts.of(step, bases(inputs), ticker))));
        return new Known(overTrees(bases(inputs)), SpaceState.of(roots, entries));
    }

    private SpaceState folded(SpaceState entries) {
        return roots.writing(() -> {
            Tree tree = kept(folds.whole(entries));
            return SpaceState.of(roots, tree);
        });
    }

    private Tree kept(Tree tree) {
        roots.hold(tree, List.of(new Roots.OfTree(tree.root())));
        return tree;
    }
}
