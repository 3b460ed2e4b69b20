package coppice.structure.sketch;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import coppice.api.Space;
import coppice.api.SpaceView;
import coppice.api.structure.Estimate;

/// How many different values were added: the registers of an UltraLogLog, 256 in a row. Whatever the order in
/// which values come, and on which branch, the same values leave the same bytes.
final class Distinct {
    /// A row has 2 to the power of this many registers.
    static final int PIECE_PRECISION = 8;

    static final int PIECE_BYTES = 1 << PIECE_PRECISION;

    private static final double STANDARD_ERRORS = 3;

    private final Shape shape;
    private final Pieces<byte[]> pieces;

    Distinct(Shape shape, SpaceView rows) {
        this.shape = shape;
        this.pieces = new Pieces<>(rows, Part.REGISTERS, shape.tag(), new Pieces.Bytes(PIECE_BYTES));
    }

    void add(Fingerprint value) {
        int number = piece(shape.precision(), value.high());
        if (add(pieces.at(number), shape.precision(), value.high())) {
            pieces.changed(number);
        }
    }

    /// Which piece has the register of a hash: its first bits say it.
    static int piece(int precision, long hash) {
        return register(precision, hash) >>> PIECE_PRECISION;
    }

    private static int register(int precision, long hash) {
        return (int) (hash >>> (Long.SIZE - precision));
    }

    /// Adds a hash to the piece that has its register. What a register says does not depend on how many there are:
    /// a piece is a whole of fewer, for which the bits that found the piece are zeros behind those that find the
    /// register in it.
    ///
    /// @return whether that changed it
    static boolean add(byte[] piece, int precision, long hash) {
        int at = register(precision, hash) & (PIECE_BYTES - 1);
        byte before = piece[at];
        long rest = (hash << precision) >>> precision;
        UltraLogLog.wrap(piece).add(((long) at << (Long.SIZE - PIECE_PRECISION)) | rest);
        return piece[at] != before;
    }

    void write(Space into) {
        pieces.write(into, 0);
    }

    Estimate estimate() {
        byte[] state = new byte[1 << shape.precision()];
        pieces.each((number, piece) -> System.arraycopy(piece, 0, state, number << PIECE_PRECISION, PIECE_BYTES));
        double estimate = UltraLogLog.wrap(state).getDistinctCountEstimate();
        double error = STANDARD_ERRORS * Shape.REGISTER_ERROR / Math.sqrt(state.length);
        return new Estimate(Math.round(estimate), (long) Math.floor(estimate * (1 - error)), (long)
                Math.ceil(estimate * (1 + error)));
    }

    /// What both sides saw: register by register, as wholes are merged.
    static byte[] merge(byte[] one, byte[] other) {
        return UltraLogLog.merge(UltraLogLog.wrap(one), UltraLogLog.wrap(other)).getState();
    }
}
