package coppice.engine.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;

/// Puts rows in order, in memory: all of them, or the first that are needed. Keeps what they are ordered by and
/// their keys, and has their documents read again. One thread.
final class Sorter {
    /// How much heap the rows may hold, in bytes.
    static final long MOST_BYTES = 256L << 20;

    private final Ordering ordering;
    private final long needed;
    private final long mostBytes;
    private final boolean isBounded;
    private final PriorityQueue<Found> first;
    private final List<Found> all = new ArrayList<>();
    private long bytes;

    /// @param needed how many of the first rows are needed
    Sorter(Ordering ordering, long needed, long mostBytes) {
        this.ordering = ordering;
        this.needed = needed;
        this.mostBytes = mostBytes;
        this.isBounded = needed < Integer.MAX_VALUE;
        this.first = new PriorityQueue<>(ordering.reversed());
    }

    /// Takes one more row.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when there are too many
    void add(Found found) {
        ordering.ordered(found);
        if (isBounded && first.size() == needed) {
            Found last = first.element();
            if (ordering.compare(found, last) >= 0) {
                return;
            }
            first.remove();
            bytes -= last.bytes();
        }
        found.forgetDocument();
        Collection<Found> kept = isBounded ? first : all;
        kept.add(found);
        bytes += found.bytes();
        if (bytes > mostBytes) {
            throw Clauses.incorrect("More than " + kept.size() + " rows are to be put in the order " + ordering
                    + ", which takes more than " + mostBytes + " bytes of memory: ask for pages, say a lower limit(..),"
                    + " or create an index with this order");
        }
    }

    /// The rows that are needed, in order.
    List<Found> sorted() {
        List<Found> result = isBounded ? new ArrayList<>(first) : all;
        result.sort(ordering);
        return result;
    }
}
