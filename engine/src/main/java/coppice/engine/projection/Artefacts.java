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

/// The entries of spaces as far as they are known: for each derivation, by the root of what they were made from.
/// So whoever comes back to a state, by a switch, a merge or a look at the past, finds them there; those of
/// another state are made from the nearest that are known, by what differs. Safe for all threads.
///
/// Nothing is lost when they are forgotten: they are made again.
public final class Artefacts {
    /// So many are remembered of each derivation: those asked for last.
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
    /// @param source what they were made from
    record Known(Hash source, Hash entries) {}

    /// The entries of a space. Where they are not known they are made: costs what differs from the nearest state
    /// of which they are, or all rows where none is near. One thread makes them, others that ask wait for it.
    Tree of(Derivation derivation, Tree source) {
        return line(derivation).of(source);
    }

    /// The entries of a space if they are known.
    Optional<Tree> find(Derivation derivation, Hash source) {
        return line(derivation).find(source);
    }

    /// All that is known of a derivation, what was asked for last at the end.
    List<Known> known(Derivation derivation) {
        return line(derivation).known();
    }

    private Line line(Derivation derivation) {
        return lines.computeIfAbsent(derivation.name(), _ -> new Line(derivation));
    }

    /// What is known of one derivation.
    private final class Line {
        private final Derivation derivation;
        private final ReentrantLock making = new ReentrantLock();
        private final Map<Hash, Place> places = new LinkedHashMap<>(16, 0.75f, true); // guarded by itself

        private record Place(Hash entries, Roots.Hold hold) {}

        Line(Derivation derivation) {
            this.derivation = derivation;
        }

        Optional<Tree> find(Hash source) {
            synchronized (places) {
                return Optional.ofNullable(places.get(source)).map(place -> tree(place.entries()));
            }
        }

        private Tree tree(Hash root) {
            return Tree.load(deriving.nodes(), root);
        }

        Tree of(Tree source) {
            Optional<Tree> known = find(source.root());
            if (known.isPresent()) {
                return known.get();
            }
            return roots.writing(
                    () -> { // first this, then the lock: as whoever else writes trees and asks here
                        making.lock();
                        try {
                            Optional<Tree> meanwhile = find(source.root());
                            return meanwhile.isPresent() ? meanwhile.get() : make(source);
                        } finally {
                            making.unlock();
                        }
                    });
        }

        private Tree make(Tree source) {
            Tree entries = nearest(source)
                    .flatMap(near -> advanced(near, source))
                    .orElseGet(() -> deriving.all(derivation, source));
            add(new Known(source.root(), entries.root()));
            return entries;
        }

        private Optional<Tree> advanced(Known near, Tree source) {
            try {
                return deriving.advanced(derivation, tree(near.source()), tree(near.entries()), source);
            } catch (MissingChunkException _) {
                remove(near.source()); // the state is gone, and so is the way from it to others
                return Optional.empty();
            }
        }

        /// Where to begin: at the state that seems to have the most in common with this one, of those asked for
        /// lately.
        private Optional<Known> nearest(Tree source) {
            Optional<Known> nearest = Optional.empty();
            long most = -1;
            for (Known known : known().reversed().stream().limit(LOOKED_AT).toList()) {
                if (deriving.nodes().chunks().contains(known.source())) {
                    long common = tree(known.source()).rowsInCommon(source);
                    nearest = common > most ? Optional.of(known) : nearest;
                    most = Math.max(most, common);
                }
            }
            return nearest;
        }

        List<Known> known() {
            synchronized (places) {
                List<Known> all = new ArrayList<>();
                places.forEach((source, place) -> all.add(new Known(source, place.entries())));
                return all;
            }
        }

        void add(Known known) {
            Roots.Hold hold = roots.hold(this, List.of(new Roots.OfTree(known.entries())));
            synchronized (places) {
                Place before = places.put(known.source(), new Place(known.entries(), hold));
                if (before != null) {
                    before.hold().release();
                }
                if (places.size() > REMEMBERED) {
                    remove(places.keySet().iterator().next());
                }
            }
        }

        private void remove(Hash source) {
            synchronized (places) {
                Place gone = places.remove(source);
                if (gone != null) {
                    gone.hold().release();
                }
            }
        }
    }
}
