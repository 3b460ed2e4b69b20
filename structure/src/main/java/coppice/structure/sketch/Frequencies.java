package coppice.structure.sketch;

import coppice.api.Space;
import coppice.api.SpaceView;

/// How often values were added: the cells of a count-min sketch, eight in a row. Each value has a cell for each of
/// five hashes, and adds to all of them; what is in the least of them is the most that it was added.
final class Frequencies {
    /// How many hashes there are: all cells of a value are too high in no more than 1 of e^5 cases.
    static final int DEPTH = 5;

    static final int PIECE_CELLS = 8;

    private final Shape shape;
    private final Pieces<long[]> pieces;

    Frequencies(Shape shape, SpaceView rows) {
        this.shape = shape;
        this.pieces = new Pieces<>(rows, Part.CELLS, shape.tag(), new Pieces.Counts(PIECE_CELLS));
    }

    private int cell(Fingerprint value, int hash) {
        return hash * shape.width() + value.hash(Hashes.CELLS + hash, shape.width());
    }

    void add(Fingerprint value, long times) {
        for (int hash = 0; hash < DEPTH; hash++) {
            int cell = cell(value, hash);
            int number = cell / PIECE_CELLS;
            pieces.at(number)[cell % PIECE_CELLS] += times;
            pieces.changed(number);
        }
    }

    /// How often a value was added at most.
    long estimate(Fingerprint value) {
        long least = Long.MAX_VALUE;
        for (int hash = 0; hash < DEPTH; hash++) {
            int cell = cell(value, hash);
            least = Math.min(least, pieces.at(cell / PIECE_CELLS)[cell % PIECE_CELLS]);
        }
        return Math.max(0, least);
    }

    void write(Space into, long mark) {
        pieces.write(into, mark);
    }
}
