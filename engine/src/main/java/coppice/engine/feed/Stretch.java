package coppice.engine.feed;

import coppice.engine.log.SpaceWrites;
import coppice.engine.state.BranchState;
import coppice.engine.state.SpaceState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// A way from one state of a branch to a later one.
///
/// @param action what was done, where it is one position; else empty
/// @param legs the parts of the way that changed something, where they are known: what differs is cheap to find
///     then
record Stretch(BranchState before, BranchState after, String action, Optional<List<Leg>> legs) {
    /// A part of a way. What follows it may be represented in another way than where it ends.
    ///
    /// @param writes what was written on it, where that is all that happened
    record Leg(BranchState from, BranchState to, Optional<List<SpaceWrites>> writes) {
        private Collection<String> names(Watched watched) {
            return watched.isWritten() && writes.isPresent()
                    ? writes.get().stream().map(SpaceWrites::space).toList()
                    : watched.differing(from, to);
        }

        /// @return whether all keys could be told
        @SuppressWarnings("ReferenceEquality") // the very same state
        private boolean keys(Watched watched, String name, Consumer<byte[]> keys) {
            if (watched.isWritten() && writes.isPresent()) {
                for (SpaceWrites one : writes.get()) {
                    if (one.space().equals(name)) {
                        Arrays.asList(one.keys()).forEach(keys);
                    }
                }
                return true;
            }
            SpaceState before = watched.rows(from, name);
            SpaceState after = watched.rows(to, name);
            if (before != after) {
                if (!before.isOverSameTree(after)) {
                    return false;
                }
                after.differing(before, keys);
            }
            return true;
        }
    }

    /// A way of which nothing is known but its ends.
    static Stretch between(BranchState before, BranchState after) {
        return new Stretch(before, after, "", Optional.empty());
    }

    /// The names under which rows may differ, in order.
    SortedSet<String> names(Watched watched) {
        Set<String> names = new HashSet<>();
        all().forEach(leg -> names.addAll(leg.names(watched)));
        SortedSet<String> inOrder = new TreeSet<>(BranchState.BY_BYTES);
        inOrder.addAll(names);
        return inOrder;
    }

    private List<Leg> all() {
        return legs.orElseGet(() -> List.of(new Leg(before, after, Optional.empty())));
    }

    /// The keys whose values may differ under a name, in order, all in memory; nothing where trees have to be
    /// compared to find them.
    Optional<List<byte[]>> keys(Watched watched, String name) {
        List<byte[]> keys = new ArrayList<>();
        for (Leg leg : all()) {
            if (!leg.keys(watched, name, keys::add)) {
                return Optional.empty();
            }
        }
        keys.sort(Arrays::compareUnsigned); // of a few runs that are in order
        List<byte[]> distinct = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            if (distinct.isEmpty() || !Arrays.equals(distinct.getLast(), key)) {
                distinct.add(key);
            }
        }
        return Optional.of(distinct);
    }
}
