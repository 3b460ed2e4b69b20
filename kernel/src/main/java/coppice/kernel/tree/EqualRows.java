package coppice.kernel.tree;

import java.util.Arrays;

/// Finds how far two leaves are the same. Versions of a leaf mostly differ in a value or two, and the rest lies at the
/// same places: there whole stretches of bytes are compared at once rather than row by row.
final class EqualRows {
    private EqualRows() {}

    /// How many rows, from an entry of each leaf on, are the same.
    ///
    /// @param most how many to look at, at least one; both leaves have so many
    static int count(Node a, int entryA, Node b, int entryB, int most) {
        int run = entryA == entryB ? aligned(a, b, entryA, most) : 0;
        while (run < most && a.sameKey(entryA + run, b, entryB + run) && a.sameCell(entryA + run, b, entryB + run)) {
            run++;
        }
        return run;
    }

    /// Of the rows from an entry on, how many lie at the same places in both leaves and are the same.
    private static int aligned(Node a, Node b, int entry, int most) {
        int keyAt = a.keyStart(entry);
        int otherKeyAt = b.keyStart(entry);
        int cellAt = a.cellStart(entry);
        int otherCellAt = b.cellStart(entry);
        if (keyAt - a.keyStart(0) != otherKeyAt - b.keyStart(0)
                || cellAt - a.cellStart(0) != otherCellAt - b.cellStart(0)) {
            return 0;
        }
        int endsAt = NodeLayout.HEADER + entry * NodeLayout.LEAF_ENTRY;
        int run = same(a, endsAt, b, endsAt, most * NodeLayout.LEAF_ENTRY) / NodeLayout.LEAF_ENTRY;
        if (run > 0) {
            int keysEnd = keyAt + same(a, keyAt, b, otherKeyAt, a.keyEnd(entry + run - 1) - keyAt);
            run = endingBy(keysEnd, a, entry, run, Node::keyEnd);
        }
        if (run > 0) {
            int cellsEnd = cellAt + same(a, cellAt, b, otherCellAt, a.cellEnd(entry + run - 1) - cellAt);
            run = endingBy(cellsEnd, a, entry, run, Node::cellEnd);
        }
        return run;
    }

    /// Where the key or the cell of an entry ends.
    private interface End {
        int of(Node node, int entry);
    }

    /// How many of `run` entries end at or before a place.
    private static int endingBy(int place, Node node, int entry, int run, End end) {
        int low = 0;
        int high = run;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end.of(node, entry + middle) <= place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// How many bytes, of `length`, are the same.
    private static int same(Node a, int atA, Node b, int atB, int length) {
        int mismatch = Arrays.mismatch(a.bytes(), atA, atA + length, b.bytes(), atB, atB + length);
        return mismatch < 0 ? length : mismatch;
    }
}
