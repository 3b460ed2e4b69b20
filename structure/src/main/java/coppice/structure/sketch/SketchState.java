package coppice.structure.sketch;

import coppice.api.SpaceView;
import coppice.api.structure.Estimate;
import java.util.List;
import java.util.Optional;

/// What a sketch has, to answer questions: its parts over the rows of a state. For one thread.
class SketchState {
    final Shape shape;
    final Distinct distinct;
    final Membership membership;
    final Frequencies frequencies;
    final Quantiles quantiles;
    private final SpaceView rows;

    SketchState(Shape shape, SpaceView rows) {
        this.shape = shape;
        this.rows = rows;
        this.distinct = new Distinct(shape, rows);
        this.membership = new Membership(shape, rows);
        this.frequencies = new Frequencies(shape, rows);
        this.quantiles = new Quantiles(shape, rows);
    }

    Totals totals() {
        return rows.get(Part.TOTALS.key(shape.tag()))
                .map(row -> Totals.decode(row).orElseThrow(() -> Pieces.none(rows, Part.TOTALS)))
                .orElse(Totals.NONE);
    }

    /// How often a value was added, if no more than so often.
    Estimate times(long most, Totals totals) {
        double error = Math.ceil(shape.options().frequencyError() * Math.max(0, totals.added()));
        return new Estimate(most, Math.max(0, most - (long) error), most);
    }

    Estimate frequency(Fingerprint value) {
        return times(frequencies.estimate(value), totals());
    }

    List<Tracked.Counted> tracked() {
        return Tracked.all(shape, rows, frequencies);
    }

    /// The options that are stored, if any are.
    static Optional<byte[]> options(SpaceView rows) {
        return rows.get(Part.options());
    }
}
