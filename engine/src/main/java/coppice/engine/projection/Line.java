package coppice.engine.projection;

import coppice.api.Range;
import coppice.engine.projection.Artefacts.Known;
import coppice.engine.state.Roots;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeDiff;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/// What is known of one step. Safe for all threads.
final class Line {
    /// So many states are remembered: those asked for last.
    static final int REMEMBERED = 64;

    /// Among so many the nearest is sought; what they were made from is kept as well.
    private static final int LOOKED_AT = 8;

    /// To find out how many rows differ costs no more than looking at so many.
    private static final int COUNTED = 10_000;

    private final Deriving deriving;
    private final Roots roots;
    private final ReentrantLock making = new ReentrantLock();
    private final Map<List<Hash>, Place> places = new LinkedHashMap<>(16, 0.75f, true); // guarded by itself
    private boolean isSaved = true; // guarded by places
    private volatile boolean isAsked;

    /// @param inputs keeps what the way to other states begins with
    private record Place(Hash entries, Roots.Hold hold, Roots.Hold inputs) {
        void release() {
            hold.release();
            inputs.release();
        }
    }

    Line(Deriving deriving) {
        this.deriving = deriving;
        this.roots = deriving.roots();
    }

    static List<Hash> roots(List<Tree> trees) {
        return trees.stream().map(Tree::root).toList();
    }

    private Tree tree(Hash root) {
        return Tree.load(deriving.nodes(), root);
    }

    /// Whether anybody has asked for entries.
    boolean isAsked() {
        return isAsked;
    }

    Optional<Tree> find(List<Hash> inputs) {
        isAsked = true;
        synchronized (places) {
            return Optional.ofNullable(places.get(inputs)).map(place -> tree(place.entries()));
        }
    }

    Tree of(Step step, List<Tree> inputs, Ticker ticker) {
        Optional<Tree> known = find(roots(inputs));
        if (known.isPresent()) {
            return known.get();
        }
        return roots.writing(
                () -> { // first this, then the lock: as whoever else writes trees and asks here
                    making.lock();
                    try {
                        Optional<Tree> meanwhile = find(roots(inputs));
                        return meanwhile.isPresent() ? meanwhile.get() : make(step, inputs, ticker);
                    } finally {
                        making.unlock();
                    }
                });
    }

    private Tree make(Step step, List<Tree> inputs, Ticker ticker) {
        Tree entries = nearest(inputs)
                .flatMap(near -> advanced(step, near, inputs, ticker))
                .orElseGet(() -> deriving.all(step, inputs, ticker));
        add(new Known(roots(inputs), entries.root()));
        return entries;
    }

    private Optional<Tree> advanced(Step step, Known near, List<Tree> inputs, Ticker ticker) {
        try {
            List<Tree> before = near.inputs().stream().map(this::tree).toList();
            return deriving.advanced(step, before, tree(near.entries()), inputs, ticker);
        } catch (MissingChunkException _) {
            remove(near.inputs()); // the state is gone, and so is the way from it to others
            return Optional.empty();
        }
    }

    /// Where to begin: at the state that seems to have the most in common with this one, of those asked for lately.
    private Optional<Known> nearest(List<Tree> inputs) {
        Optional<Known> nearest = Optional.empty();
        long most = -1;
        for (Known known : known().reversed().stream().limit(LOOKED_AT).toList()) {
            if (known.inputs().stream().allMatch(deriving.nodes().chunks()::contains)) {
                long common = rowsInCommon(known.inputs(), inputs);
                nearest = common > most ? Optional.of(known) : nearest;
                most = Math.max(most, common);
            }
        }
        return nearest;
    }

    /// How many rows differ from the nearest state; [Results#FAR] where those are more than so many or than
    /// 10,000, or no state is known.
    long distance(Step step, List<Tree> inputs, long most) {
        Known near = nearest(inputs).orElse(null);
        if (near == null) {
            return Results.FAR;
        }
        try {
            long rows = 0;
            for (int i = 0; i < inputs.size(); i++) {
                Range keys = step.keys(i);
                byte[] from = keys.lower();
                TreeDiff diff = tree(near.inputs().get(i))
                        .diff(
                                inputs.get(i),
                                from.length == 0 ? null : from,
                                keys.upper().orElse(null));
                while (diff.next()) {
                    if (++rows > Math.min(most, COUNTED)) {
                        return Results.FAR;
                    }
                }
            }
            return rows;
        } catch (MissingChunkException _) {
            return Results.FAR;
        }
    }

    private long rowsInCommon(List<Hash> known, List<Tree> inputs) {
        long common = 0;
        for (int i = 0; i < inputs.size(); i++) {
            common += tree(known.get(i)).rowsInCommon(inputs.get(i));
        }
        return common;
    }

    /// Makes all that is known again, and forgets all where something is not the same: others may have come from
    /// it.
    void audit(Step step, BiConsumer<Hash, Hash> differing) {
        boolean isRight = true;
        for (Known known : known()) {
            Hash made = again(step, known).orElse(known.entries());
            if (!made.equals(known.entries())) {
                isRight = false;
                differing.accept(made, known.entries());
            }
        }
        if (!isRight) {
            known().forEach(known -> remove(known.inputs()));
        }
    }

    private Optional<Hash> again(Step step, Known known) {
        try {
            List<Tree> inputs = known.inputs().stream().map(this::tree).toList();
            return Optional.of(
                    roots.writing(() -> deriving.all(step, inputs, Ticker.NONE).root()));
        } catch (MissingChunkException _) {
            return Optional.empty(); // the rows are gone, and so is the question
        }
    }

    /// All that is known, what was asked for last at the end.
    List<Known> known() {
        synchronized (places) {
            List<Known> all = new ArrayList<>();
            places.forEach((inputs, place) -> all.add(new Known(inputs, place.entries())));
            return all;
        }
    }

    /// Adds what was made.
    void add(Known known) {
        synchronized (places) {
            place(known, known.inputs());
            isSaved = false;
            if (places.size() > REMEMBERED) {
                remove(places.keySet().iterator().next());
            }
            places.values().stream()
                    .limit(Math.max(0, places.size() - LOOKED_AT))
                    .forEach(place -> place.inputs().release());
        }
    }

    /// Adds what was known before the database was closed.
    ///
    /// @param kept those of its inputs that are all there
    void resume(Known known, List<Hash> kept) {
        synchronized (places) {
            place(known, kept);
        }
    }

    private void place(Known known, List<Hash> inputs) {
        Roots.Hold hold = roots.hold(this, List.of(new Roots.OfTree(known.entries())));
        List<Roots.Root> kept =
                inputs.stream().<Roots.Root>map(Roots.OfTree::new).toList();
        Place before = places.put(known.inputs(), new Place(known.entries(), hold, roots.hold(this, kept)));
        if (before != null) {
            before.release();
        }
    }

    private void remove(List<Hash> inputs) {
        synchronized (places) {
            Place gone = places.remove(inputs);
            if (gone != null) {
                gone.release();
                isSaved = false;
            }
        }
    }

    void clear() {
        synchronized (places) {
            places.values().forEach(Place::release);
            places.clear();
        }
    }

    /// What is to be remembered, if it is not yet; then it counts as remembered.
    Optional<byte[]> unsaved() {
        synchronized (places) {
            if (isSaved) {
                return Optional.empty();
            }
            isSaved = true;
            return Optional.of(KnownFormat.write(known()));
        }
    }
}
