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

    /// Adds values, one after the other. The library has the register found and changed in an empty state of all
    /// registers, with what the one that is meant is now; so no more than its row is read.
    final class Adding {
        private final byte[] state = new byte[1 << shape.precision()];
        private final UltraLogLog whole = UltraLogLog.wrap(state);

        void add(Fingerprint value) {
            int register = (int) (value.high() >>> (Long.SIZE - shape.precision()));
            int number = register >>> PIECE_PRECISION;
            byte[] piece = pieces.at(number);
            int at = register & (PIECE_BYTES - 1);
            state[register] = piece[at];
            whole.add(value.high());
            if (state[register] != piece[at]) {
                piece[at] = state[register];
                pieces.changed(number);
            }
            state[register] = 0;
        }
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
