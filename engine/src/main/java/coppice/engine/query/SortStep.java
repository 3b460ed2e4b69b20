package coppice.engine.query;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Puts rows in order, in memory: all of them, or the first that are needed.
final class SortStep extends Step {
    private final Step input;
    private final Ordering ordering;
    private final long needed;
    private final long mostBytes;
    private @Nullable Iterator<Found> sorted;

    /// @param needed how many of the first rows are needed
    SortStep(Step input, Ordering ordering, long needed, long mostBytes, double estimate) {
        super("sort", estimate, input);
        this.input = input;
        this.ordering = ordering;
        this.needed = needed;
        this.mostBytes = mostBytes;
    }

    @Override
    String of() {
        return ordering.toString();
    }

    @Override
    @Nullable
    Found advance() {
        Iterator<Found> rest = sorted;
        if (rest == null) {
            Sorter sorter = new Sorter(ordering, needed, mostBytes);
            for (Found found = input.next(); found != null; found = input.next()) {
                sorter.add(found);
            }
            rest = sorter.sorted().iterator();
            sorted = rest;
        }
        return rest.hasNext() ? rest.next() : null;
    }
}
