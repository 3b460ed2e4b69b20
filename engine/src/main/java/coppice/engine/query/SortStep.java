package coppice.engine.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Puts rows in order, in memory: all of them, or the first that are needed. Keeps what they are ordered by and
/// their keys, and reads their documents again.
final class SortStep extends Step {
    /// How much heap the rows may hold, in bytes.
    static final long MOST_BYTES = 256L << 20;

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
            rest = sort();
            sorted = rest;
        }
        return rest.hasNext() ? rest.next() : null;
    }

    private Iterator<Found> sort() {
        boolean isBounded = needed < Integer.MAX_VALUE;
        PriorityQueue<Found> first = new PriorityQueue<>(ordering.reversed());
        List<Found> all = new ArrayList<>();
        Collection<Found> kept = isBounded ? first : all;
        long bytes = 0;
        for (Found found = input.next(); found != null; found = input.next()) {
            ordering.ordered(found);
            if (isBounded && first.size() == needed) {
                Found last = first.element();
                if (ordering.compare(found, last) >= 0) {
                    continue;
                }
                first.remove();
                bytes -= last.bytes();
            }
            found.forgetDocument();
            kept.add(found);
            bytes += found.bytes();
            if (bytes > mostBytes) {
                throw tooMany(kept.size());
            }
        }
        List<Found> result = isBounded ? new ArrayList<>(first) : all;
        result.sort(ordering);
        return result.iterator();
    }

    private RuntimeException tooMany(int rows) {
        return Clauses.incorrect("More than " + rows + " rows are to be put in the order " + ordering + ", which takes"
                + " more than " + mostBytes + " bytes of memory: ask for pages, say a lower limit(..), or create"
                + " an index with this order");
    }
}
