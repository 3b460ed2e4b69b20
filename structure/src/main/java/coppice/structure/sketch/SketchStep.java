package coppice.structure.sketch;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Space;
import coppice.api.structure.SketchQuestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adds values to a sketch within a transaction: gathered in memory, so that a row is written once, whatever the
/// number of values that change it. For one thread.
final class SketchStep extends SketchState {
    /// How many values are gathered before rows are written.
    static final int GATHERED = 10_000;

    private final Space rows;
    private final long mark;
    private final Map<Fingerprint, byte[]> seen = new LinkedHashMap<>();
    private long added;

    /// A value to add.
    ///
    /// @param stored its stored form
    /// @param number what it is for quantiles; 0 where there are none
    record Item(Fingerprint print, byte[] stored, double number) {}

    SketchStep(Shape shape, Space rows, long mark) {
        super(shape, rows);
        this.rows = rows;
        this.mark = mark;
    }

    private void add(Item value, long times) {
        if (shape.answers(SketchQuestion.DISTINCT)) {
            distinct.add(value.print());
        }
        if (shape.answers(SketchQuestion.MEMBERSHIP)) {
            membership.add(value.print());
        }
        if (shape.answers(SketchQuestion.QUANTILES)) {
            quantiles.add(value.number(), times);
        }
        if (shape.answers(SketchQuestion.FREQUENCY)) {
            frequencies.add(value.print(), times);
            seen.put(value.print(), value.stored());
        }
        added = sum(added, times);
    }

    /// Adds values and writes what is other then.
    void addAll(List<Item> values, long times) {
        for (int from = 0; from < values.size(); from += GATHERED) {
            values.subList(from, Math.min(values.size(), from + GATHERED)).forEach(value -> add(value, times));
            write();
        }
    }

    private void write() {
        Totals before = shape.counts() ? totals() : Totals.NONE;
        long all = sum(before.added(), added);
        distinct.write(rows);
        membership.write(rows);
        quantiles.write(rows, mark);
        frequencies.write(rows, mark);
        if (shape.counts()) {
            Totals after = track(new Totals(all, before.floor(), before.tracked()));
            rows.put(Part.TOTALS.key(shape.tag()), after.encode(mark));
        }
        added = 0;
        seen.clear();
    }

    /// Tracks what was added more often than the floor, and goes on tracking what was. Whatever is not tracked
    /// then was added no more often than the floor.
    private Totals track(Totals totals) {
        long tracked = totals.tracked();
        for (Map.Entry<Fingerprint, byte[]> value : seen.entrySet()) {
            byte[] key = Part.TRACKED.key(shape.tag(), value.getKey());
            boolean isTracked = rows.contains(key);
            if (isTracked || frequencies.estimate(value.getKey()) > totals.floor()) {
                rows.put(key, new Tracked(mark, value.getValue()).encode());
                tracked += isTracked ? 0 : 1;
            }
        }
        Totals after = new Totals(totals.added(), totals.floor(), tracked);
        return tracked > 2L * shape.options().tracked() ? Tracked.trim(shape, rows, frequencies, after) : after;
    }

    private long sum(long one, long other) {
        try {
            return Math.addExact(one, other);
        } catch (ArithmeticException beyond) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.VALUE_MISFIT,
                            "To the sketch '" + rows.name() + "' something was added " + one + " times, and " + other
                                    + " more is beyond what 64 bits hold: clear it, or take another",
                            beyond)
                    .with("structure", rows.name());
        }
    }
}
