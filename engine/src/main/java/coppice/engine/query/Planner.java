package coppice.engine.query;

import coppice.api.KeyPattern;
import coppice.api.Range;
import coppice.expression.Direction;
import coppice.expression.Expression;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds how to answer a question with the least work.
final class Planner {
    /// What part of rows a condition is thought to be true for, of which nothing is known.
    private static final double SELECTIVITY = 0.3;

    private final String name;
    private final Question question;
    private final Rows rows;
    private final Ordering ordering;
    private final List<Range> ranges;

    /// @param name of the source, for people
    Planner(String name, Question question, Rows rows) {
        this.name = name;
        this.question = question;
        this.rows = rows;
        this.ordering = new Ordering(question);
        this.ranges = question.isNever() ? List.of() : KeyRanges.of(question.keys(), question.conditions());
    }

    Ordering ordering() {
        return ordering;
    }

    /// What gives the rows of the answer in their order.
    ///
    /// @param after where the answer goes on
    /// @param limit how many rows from there
    Step plan(Optional<Place> after, long limit) {
        long offset = after.isPresent() ? 0 : question.offset();
        Step step = filtered(scan(after));
        if (!question.order().isEmpty()) {
            step = after.isPresent() ? new AfterStep(step, ordering, after.get()) : step;
            long needed = limit > Long.MAX_VALUE - offset ? limit : limit + offset;
            step = new SortStep(
                    step, ordering, needed, SortStep.MOST_BYTES, Math.min((double) needed, step.estimate()));
        }
        if (offset > 0 || limit < Long.MAX_VALUE) {
            step = new SliceStep(step, offset, limit);
        }
        return question.columns().isEmpty() ? step : new SelectStep(step, question.columns());
    }

    /// What gives the rows of the answer in any order.
    Step unordered() {
        Step step = filtered(scan(Optional.empty()));
        return question.offset() > 0 || question.limit() < Long.MAX_VALUE
                ? new SliceStep(step, question.offset(), question.limit())
                : step;
    }

    /// How many rows there are, if that can be told without reading them.
    Optional<Long> knownCount() {
        if (!question.conditions().isEmpty() || !question.keys().isRange()) {
            return Optional.empty();
        }
        long all = rows.state().countOnce(question.keys().range());
        return Optional.of(Math.min(question.limit(), Math.max(0, all - question.offset())));
    }

    private Step filtered(Step step) {
        List<Expression> conditions = question.conditions();
        return conditions.isEmpty()
                ? step
                : new FilterStep(step, question.where(), step.estimate() * Math.pow(SELECTIVITY, conditions.size()));
    }

    private Step scan(Optional<Place> after) {
        boolean isByKey = question.order().isEmpty();
        boolean isDown = isByKey && ordering.keyDirection() == Direction.DESCENDING;
        List<Range> directed =
                isDown ? ranges.reversed().stream().map(Range::reversed).toList() : ranges;
        if (isByKey && after.isPresent()) {
            directed = rest(directed, after.get().key());
        }
        double estimate = directed.stream().mapToDouble(rows.state()::estimate).sum();
        KeyPattern pattern = question.keys().isRange() ? null : question.keys();
        return new ScanStep(rows.state(), directed, pattern, label(), estimate);
    }

    /// What of ranges comes after a key.
    private static List<Range> rest(List<Range> ranges, byte[] key) {
        return ranges.stream().map(range -> range.after(key)).collect(Collectors.toList());
    }

    private String label() {
        return question.keys().equals(KeyPattern.all()) ? name : name + " keys '" + question.keys() + "'";
    }
}
