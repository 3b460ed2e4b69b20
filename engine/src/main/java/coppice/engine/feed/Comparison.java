package coppice.engine.feed;

import coppice.api.feed.RowChange;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceDifference;
import coppice.engine.state.SpaceState;
import coppice.engine.storage.Gate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a way changed, as far as it fits a filter, by name and key: in memory, or found while it is walked.
final class Comparison implements Iterable<RowChange> {
    private final Stretch way;
    private final Watched watched;
    private final RowFilter filter;
    private final Gate gate;
    private final List<Place> places = new ArrayList<>();

    /// Rows that may differ.
    ///
    /// @param keys where they are known
    private record Place(String name, Optional<List<byte[]>> keys) {}

    private Comparison(Stretch way, Watched watched, RowFilter filter, Gate gate) {
        this.way = way;
        this.watched = watched;
        this.filter = filter;
        this.gate = gate;
        for (String name : way.names(watched)) {
            if (filter.interest().fitsSpace(name)) {
                places.add(new Place(name, way.keys(watched, name).map(this::fitting)));
            }
        }
    }

    private List<byte[]> fitting(List<byte[]> keys) {
        return keys.stream().filter(filter.interest().keys()::fits).toList();
    }

    /// The changes; nothing when there are none. Those of trees that have to be compared are found when they are
    /// walked, and both states are kept until then.
    static Optional<Iterable<RowChange>> changes(
            Stretch way, Watched watched, RowFilter filter, Gate gate, Roots roots) {
        Comparison all = new Comparison(way, watched, filter, gate);
        Iterator<RowChange> walk = all.iterator();
        if (!walk.hasNext()) {
            return Optional.empty();
        }
        if (all.places.stream().anyMatch(place -> place.keys().isEmpty())) {
            List<Roots.Root> kept = new ArrayList<>(way.before().roots());
            kept.addAll(way.after().roots());
            roots.hold(all, kept);
            return Optional.of(all);
        }
        List<RowChange> list = new ArrayList<>();
        walk.forEachRemaining(list::add);
        return Optional.of(List.copyOf(list));
    }

    @Override
    public Iterator<RowChange> iterator() {
        return new Walk();
    }

    private final class Walk implements Iterator<RowChange> {
        private final Iterator<Place> rest = places.iterator();
        private String name = "";
        private @Nullable SpaceDifference difference;
        private @Nullable RowChange next;

        @Override
        public boolean hasNext() {
            if (next == null) {
                try {
                    gate.ensureOpen();
                    next = find();
                } catch (RuntimeException failure) {
                    throw gate.explain(failure);
                }
            }
            return next != null;
        }

        @Override
        public RowChange next() {
            if (!hasNext()) {
                throw new NoSuchElementException("There are no more changes");
            }
            RowChange change = Objects.requireNonNull(next);
            next = null;
            return change;
        }

        private @Nullable RowChange find() {
            while (true) {
                SpaceDifference current = difference;
                while (current != null && current.next()) {
                    byte[] key = current.key();
                    RowChange change = filter.interest().keys().fits(key)
                            ? filter.change(name, key, current.before(), current.after())
                            : null;
                    if (change != null) {
                        return change;
                    }
                }
                if (!rest.hasNext()) {
                    difference = null;
                    return null;
                }
                begin(rest.next());
            }
        }

        private void begin(Place place) {
            name = place.name();
            SpaceState before = watched.rows(way.before(), name);
            SpaceState after = watched.rows(way.after(), name);
            difference = place.keys()
                    .map(keys -> SpaceDifference.of(before, after, keys))
                    .orElseGet(() ->
                            SpaceDifference.of(before, after, filter.interest().range()));
        }
    }
}
