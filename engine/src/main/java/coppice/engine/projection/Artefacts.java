package coppice.engine.projection;

import coppice.engine.state.Roots;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Entries as far as they are known: for each step, by the roots of what they were made from. So whoever comes back to
/// a state, by a switch, a merge or a look at the past, finds them there; those of
/// another state are made from the nearest that are known, by what differs. Safe for all threads.
///
/// Nothing is lost when they are forgotten: they are made again.
public final class Artefacts {
    /// So many are remembered of each step: those asked for last.
    static final int REMEMBERED = 64;

    /// Among so many the nearest is sought.
    private static final int LOOKED_AT = 8;

    private final Deriving deriving;
    private final Roots roots;
    private final Map<Hash, Line> lines = new ConcurrentHashMap<>();

    /// @param deriving makes them
    /// @param roots keeps them from being swept away
    public Artefacts(Deriving deriving, Roots roots) {
        this.deriving = deriving;
        this.roots = roots;
    }

    /// Entries that are known, by the roots of both.
    ///
    /// @param inputs what they were made from
    record Known(List<Hash> inputs, Hash entries) {
        public Known {
            inputs = List.copyOf(inputs);
        }
    }

    /// The entries of inputs. Where they are not known they are made: costs what differs from the nearest state
    /// of which they are, or all rows where none is near. One thread makes them, others that ask wait for it.
    Tree of(Step step, List<Tree> inputs) {
        return line(step).of(inputs);
    }

    /// The entries of inputs if they are known.
    Optional<Tree> find(Step step, List<Tree> inputs) {
        return line(step).find(roots(inputs));
    }

    /// All that is known of a step, what was asked for last at the end.
    List<Known> known(Step step) {
        return line(step).known();
    }

    /// Forgets all that is known of a step.
    void forget(Step step) {
        Line gone = lines.remove(step.name());
        if (gone != null) {
            gone.known().forEach(known -> gone.remove(known.inputs()));
        }
    }

    private static List<Hash> roots(List<Tree> trees) {
        return trees.stream().map(Tree::root).toList();
    }

    private Line line(Step step) {
        return lines.computeIfAbsent(step.name(), _ -> new Line(step));
    }

    /// What is known of one step.
    private final class Line {
        private final Step step;
        private final ReentrantLock making = new ReentrantLock();
        private final Map<List<Hash>, Place> places = new LinkedHashMap<>(16, 0.75f, true); // guarded by itself

        /// @param inputs keeps what the way to other states begins with
        private record Place(Hash entries, Roots.Hold hold, Roots.Hold inputs) {
            void release() {
                hold.release();
                inputs.release();
            }
        }

        Line(Step step) {
            this.step = step;
        }

        Optional<Tree> find(List<Hash> inputs) {
            synchronized (places) {
                return Optional.ofNullable(places.get(inputs)).map(place -> tree(place.entries()));
            }
        }

        private Tree tree(Hash root) {
            return Tree.load(deriving.nodes(), root);
        }

        private List<Tree> trees(List<Hash> all) {
            return all.stream().map(this::tree).toList();
        }

        Tree of(List<Tree> inputs) {
            Optional<Tree> known = find(roots(inputs));
            if (known.isPresent()) {
                return known.get();
            }
            return roots.writing(
                    () -> { // first this, then the lock: as whoever else writes trees and asks here
                        making.lock();
                        try {
                            Optional<Tree> meanwhile = find(roots(inputs));
                            return meanwhile.isPresent() ? meanwhile.get() : make(inputs);
                        } finally {
                            making.unlock();
                        }
                    });
        }

        private Tree make(List<Tree> inputs) {
            Tree entries =
                    nearest(inputs).flatMap(near -> advanced(near, inputs)).orElseGet(() -> deriving.all(step, inputs));
            add(new Known(roots(inputs), entries.root()));
            return entries;
        }

        private Optional<Tree> advanced(Known near, List<Tree> inputs) {
            try {
                return deriving.advanced(step, trees(near.inputs()), tree(near.entries()), inputs);
            } catch (MissingChunkException _) {
                remove(near.inputs()); // the state is gone, and so is the way from it to others
                return Optional.empty();
            }
        }

        /// Where to begin: at the state that seems to have the most in common with this one, of those asked for
        /// lately.
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

        private long rowsInCommon(List<Hash> known, List<Tree> inputs) {
            long common = 0;
            for (int i = 0; i < inputs.size(); i++) {
                common += tree(known.get(i)).rowsInCommon(inputs.get(i));
            }
            return common;
        }

        List<Known> known() {
            synchronized (places) {
                List<Known> all = new ArrayList<>();
                places.forEach((inputs, place) -> all.add(new Known(inputs, place.entries())));
                return all;
            }
        }

        void add(Known known) {
            Roots.Hold hold = roots.hold(this, List.of(new Roots.OfTree(known.entries())));
            Roots.Hold inputs = roots.hold(
                    this,
                    known.inputs().stream().<Roots.Root>map(Roots.OfTree::new).toList());
            synchronized (places) {
                Place before = places.put(known.inputs(), new Place(known.entries(), hold, inputs));
                if (before != null) {
                    before.release();
                }
                if (places.size() > REMEMBERED) {
                    remove(places.keySet().iterator().next());
                }
                places.values().stream()
                        .limit(Math.max(0, places.size() - LOOKED_AT))
                        .forEach(place -> place.inputs().release());
            }
        }

        private void remove(List<Hash> inputs) {
            synchronized (places) {
                Place gone = places.remove(inputs);
                if (gone != null) {
                    gone.release();
                }
            }
        }
    }
}
