package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Finds chunks by the beginning of their names. Good for one search.
final class NameSearch {
    private static final int PREFIX_DIGITS = 16;

    private final String digits;
    private final long first;
    private final long last;
    private final int limit;
    private final SortedSet<Hash> found = new TreeSet<>();

    /// @param digits 1 to 64 lower-case hexadecimal digits
    NameSearch(String digits, int limit) {
        int known = Math.min(digits.length(), PREFIX_DIGITS);
        int open = Long.SIZE - 4 * known;
        this.digits = digits;
        this.first = HexFormat.fromHexDigitsToLong(digits, 0, known) << open;
        this.last = open == 0 ? first : first | (1L << open) - 1;
        this.limit = limit;
    }

    /// Reads the whole name of a chunk where it lies.
    @FunctionalInterface
    interface Names {
        Hash at(long place);
    }

    /// Looks through an index. Whole names are read only for those that may be among the first.
    void in(PackIndex index, Names names) {
        index.forEachWithin(first, last, (prefix, second, place) -> {
            String known = IndexReader.text(prefix, second);
            boolean begins = known.startsWith(digits) || digits.startsWith(known);
            if (begins
                    && (found.size() < limit || known.compareTo(found.getLast().toString()) < 0)) {
                add(names.at(place));
            }
        });
    }

    void add(Hash hash) {
        if (hash.toString().startsWith(digits)) {
            found.add(hash);
            if (found.size() > limit) {
                found.removeLast();
            }
        }
    }

    List<Hash> found() {
        return List.copyOf(found);
    }
}
