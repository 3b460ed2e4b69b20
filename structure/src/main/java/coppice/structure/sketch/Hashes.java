package coppice.structure.sketch;

/// Which of a value's hashes are for what. They are a part of the format.
final class Hashes {
    /// Finds the block of bits.
    static final int BLOCK = 0;

    /// The first of those that find cells.
    static final int CELLS = 1;

    /// The first of those that find bits.
    static final int BITS = 16;

    private Hashes() {}
}
