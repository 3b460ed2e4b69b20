package coppice.engine.projection;

import coppice.engine.state.BranchState;
import coppice.engine.state.Folds;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Tree;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The rows of nodes in states of branches. Safe for all threads.
public final class Results {
    /// The lag of rows that are made of all others.
    public static final long FAR = Long.MAX_VALUE;

    private final Artefacts artefacts;
    private final Roots roots;
    private final Folds folds;
    private final Map<Hash, LiveArtefact> live = new ConcurrentHashMap<>();

    /// @param artefacts keeps what follows from folded trees
    /// @param roots keeps what is in use
    /// @param folds how inputs came about of late
    public Results(Artefacts artefacts, Roots roots, Folds folds) {
        this.artefacts = artefacts;
        this.roots = roots;
        this.folds = folds;
    }

    /// The rows of a node. Costs nothing when that was asked lately, else what differs from a state for which it
    /// was; see [LiveArtefact#of(List)].
    public SpaceState of(Node node, BranchState state) {
        return of(node, state, Ticker.NONE);
    }

    /// The rows of a node; the ticker is told of rows that it is made from.
    public SpaceState of(Node node, BranchState state, Ticker ticker) {
        return of(node, state, ticker, null);
    }

    /// @param made what was made on the way, once there is more than one: a node that others share has the same form
    ///     for all of them, however many threads ask
    private SpaceState of(Node node, BranchState state, Ticker ticker, @Nullable Map<Hash, SpaceState> made) {
        return switch (node) {
            case Node.OfSpace(String space) -> state.space(space);
            case Node.Made one -> {
                SpaceState known = made == null ? null : made.get(one.name());
                if (known == null) {
                    known = live(one).of(inputs(one, state, ticker, made), ticker);
                    if (made != null) {
                        made.put(one.name(), known);
                    }
                }
                yield known;
            }
        };
    }

    /// Whether the rows of a node take little to make.
    public boolean isNear(Node node, BranchState state) {
        return switch (node) {
            case Node.OfSpace _ -> true;
            case Node.Made made ->
                made.inputs().stream().allMatch(input -> isNear(input, state))
                        && live(made).isNear(inputs(made, state));
        };
    }

    /// Whether the rows of a node that follow from the folded trees of a state are made. Makes nothing.
    public boolean isReady(Node node, BranchState state) {
        return ready(node, state).isPresent();
    }

    private Optional<Tree> ready(Node node, BranchState state) {
        return switch (node) {
            case Node.OfSpace(String space) -> Optional.of(state.space(space).base());
            case Node.Made made -> {
                List<Tree> inputs = made.inputs().stream()
                        .flatMap(input -> ready(input, state).stream())
                        .toList();
                yield inputs.size() == made.inputs().size() ? live(made).ready(inputs) : Optional.empty();
            }
        };
    }

    /// Makes the rows of a node that follow from the folded trees of a state something that [Artefacts] knows.
    public Tree settled(Node node, BranchState state) {
        return switch (node) {
            case Node.OfSpace(String space) -> state.space(space).base();
            case Node.Made made ->
                live(made)
                        .settled(made.inputs().stream()
                                .map(input -> settled(input, state))
                                .toList());
        };
    }

    /// About how many rows have to be looked at before the rows of a node are there; [#FAR] where those are more
    /// than so many. Costs a look at what differs from the nearest state that is known, up to that.
    public long lag(Node node, BranchState state, long most) {
        if (!(node instanceof Node.Made made)) {
            return 0;
        }
        long lag = 0;
        for (Node input : made.inputs()) {
            long one = lag(input, state, most);
            if (one == FAR) {
                return FAR;
            }
            lag += one;
        }
        long last = live(made).lag(inputs(made, state), most);
        return last == FAR || lag + last > most ? FAR : lag + last;
    }

    private List<SpaceState> inputs(
            Node.Made node, BranchState state, Ticker ticker, @Nullable Map<Hash, SpaceState> made) {
        List<Node> inputs = node.inputs();
        if (inputs.size() == 1) {
            return List.of(of(inputs.getFirst(), state, ticker, made));
        }
        Map<Hash, SpaceState> shared = made == null ? new HashMap<>() : made;
        return inputs.stream().map(input -> of(input, state, ticker, shared)).toList();
    }

    private List<SpaceState> inputs(Node.Made node, BranchState state) {
        return inputs(node, state, Ticker.NONE, null);
    }

    private LiveArtefact live(Node.Made made) {
        return live.computeIfAbsent(made.name(), _ -> new LiveArtefact(made.step(), artefacts, roots, folds));
    }

    /// The trees of entries that are known of a node and of those that it is made from.
    public Set<Hash> trees(Node node) {
        Map<Hash, Node.Made> all = new HashMap<>();
        gather(node, all);
        Set<Hash> trees = new HashSet<>();
        all.values().forEach(made -> trees.addAll(artefacts.trees(made.step())));
        return trees;
    }

    /// Makes all that is known of a node again, and of those that it is made from, and forgets what is not the
    /// same.
    ///
    /// @param differing is told the root that was made, and the one that was known
    public void audit(Node node, BiConsumer<Hash, Hash> differing) {
        Map<Hash, Node.Made> all = new HashMap<>();
        gather(node, all);
        all.values()
                .forEach(made -> artefacts.audit(made.step(), (again, known) -> {
                    differing.accept(again, known);
                    live.remove(made.name()); // which came from it
                }));
    }

    /// Forgets what is remembered of a node, and of those that it is made from.
    ///
    /// @param kept of these and of what they are made from nothing is forgotten
    public void forget(Node node, Collection<Node> kept) {
        Map<Hash, Node.Made> gone = new HashMap<>();
        gather(node, gone);
        Map<Hash, Node.Made> stay = new HashMap<>();
        kept.forEach(one -> gather(one, stay));
        gone.keySet().removeAll(stay.keySet());
        gone.values().forEach(made -> {
            live.remove(made.name());
            artefacts.forget(made.step());
        });
    }

    private static void gather(Node node, Map<Hash, Node.Made> all) {
        if (node instanceof Node.Made made && all.put(made.name(), made) == null) {
            made.inputs().forEach(input -> gather(input, all));
        }
    }
}
