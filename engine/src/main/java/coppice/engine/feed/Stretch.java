package coppice.engine.feed;

import coppice.engine.state.BranchState;
import coppice.engine.state.SpaceState;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A way from one state of a branch to a later one.
///
/// @param action what was done, where it is one position; else empty
/// @param legs the parts of the way that changed something, where they are known: what differs is cheap to find
///     then
record Stretch(BranchState before, BranchState after, String action, Optional<List<Leg>> legs) {
    /// A part of a way. What follows it may be represented in another way than where it ends.
    record Leg(BranchState from, BranchState to) {}

    /// A way of which nothing is known but its ends.
    static Stretch between(BranchState before, BranchState after) {
        return new Stretch(before, after, "", Optional.empty());
    }

    /// The names under which rows may differ, in order.
    SortedSet<String> names(Watched watched) {
        SortedSet<String> names = new TreeSet<>(BranchState.BY_BYTES);
        for (Leg leg : legs.orElseGet(() -> List.of(new Leg(before, after)))) {
            names.addAll(watched.differing(leg.from(), leg.to()));
        }
        return names;
    }

    /// The keys whose values may differ under a name, all in memory; nothing where trees have to be compared to
    /// find them.
    @SuppressWarnings("ReferenceEquality") // the very same state
    Optional<NavigableSet<byte[]>> keys(Watched watched, String name) {
        NavigableSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        for (Leg leg : legs.orElseGet(() -> List.of(new Leg(before, after)))) {
            SpaceState from = watched.rows(leg.from(), name);
            SpaceState to = watched.rows(leg.to(), name);
            if (from != to) {
                if (!from.isOverSameTree(to)) {
                    return Optional.empty();
                }
                to.differing(from, keys::add);
            }
        }
        return Optional.of(keys);
    }
}
