package coppice.engine.query;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts rows in order that come in the order of some columns of an index: among those with the same values, in
/// memory. Reads no further than to the end of those that are needed.
final class TieStep extends Step {
    private final Step input;
    private final Ordering ordering;
    private final Ties ties;
    private final long mostBytes;
    private long needed;
    private @Nullable Found ahead;
    private Iterator<Found> sorted = List.<Found>of().iterator();
    private boolean isBegun;

    /// @param needed how many of the first rows are needed
    TieStep(Step input, Ordering ordering, Ties ties, long needed, long mostBytes) {
        super("sort", Math.min((double) needed, input.estimate()), input);
        this.input = input;
        this.ordering = ordering;
        this.ties = ties;
        this.needed = needed;
        this.mostBytes = mostBytes;
    }

    @Override
    String of() {
        return ordering + " within equal " + ties;
    }

    @Override
    @Nullable
    Found advance() {
        if (needed == 0) {
            return null;
        }
        if (!sorted.hasNext()) {
            Found first = isBegun ? ahead : input.next();
            isBegun = true;
            if (first == null) {
                return null;
            }
            sorted = group(first);
        }
        needed--;
        return sorted.next();
    }

    /// The rows that have the same values as one.
    private Iterator<Found> group(Found first) {
        byte[] values = ties.values(first.entry().sortKey());
        Found next = input.next();
        if (next == null || !Ties.isEqual(values, next.entry().sortKey())) {
            ahead = next;
            return List.of(first).iterator();
        }
        Sorter sorter = new Sorter(ordering, needed, mostBytes);
        sorter.add(first);
        for (; next != null && Ties.isEqual(values, next.entry().sortKey()); next = input.next()) {
            sorter.add(next);
        }
        ahead = next;
        return sorter.sorted().iterator();
    }
}
