package coppice.engine.query;

import coppice.expression.Expression;
import coppice.expression.Expression.And;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds how to answer a question with the least work: of the ways that [Ways] finds to get at rows, the one that
/// costs least together with what is left to do then.
final class Planner {
    private final Question question;
    private final Ways ways;

    /// @param name of the source, for people
    Planner(String name, Question question, Rows rows) {
        this.question = question;
        this.ways = new Ways(name, question, rows);
    }

    /// The order of the answer, as documents tell it.
    Ordering ordering() {
        return new Ordering(question, Coverage.NONE);
    }

    /// What gives all rows of the answer in their order.
    Step whole() {
        return plan(Optional.empty(), question.limit());
    }

    /// What gives the rows of the answer in their order.
    ///
    /// @param after where the answer goes on
    /// @param limit how many rows from there
    Step plan(Optional<Place> after, long limit) {
        return plan(best(needed(after, limit), true), after, limit);
    }

    private long offset(Optional<Place> after) {
        return after.isPresent() ? 0 : question.offset();
    }

    private long needed(Optional<Place> after, long limit) {
        long offset = offset(after);
        return limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : limit + offset;
    }

    /// The same by a way that is chosen already.
    Step plan(Access access, Optional<Place> after, long limit) {
        long offset = offset(after);
        Left left = new Left(access);
        long needed = needed(after, limit);
        Step step = access.isInOrder()
                ? left.filtered(access.step(after))
                : access.ties()
                        .map(ties -> untied(access, ties, left, after, needed))
                        .orElseGet(() -> sorted(access, left, after, needed));
        if (offset > 0 || limit < Long.MAX_VALUE) {
            step = new SliceStep(step, offset, limit);
        }
        return question.selection().isNone() ? step : new SelectStep(step, question.selection(), access.coverage());
    }

    /// Where the first terms of the order are those of an index, the others are sorted among equal ones.
    private Step untied(Access access, Ties ties, Left left, Optional<Place> after, long needed) {
        Ordering ordering = new Ordering(question, access.coverage());
        Step step = left.filtered(access.step(after));
        if (after.isPresent()) {
            step = new AfterStep(step, ordering, after.get());
        }
        return new TieStep(step, ordering, ties, needed, Sorter.MOST_BYTES);
    }

    /// Where keys are the order, documents are read after rows are in it, which may be for fewer of them.
    private Step sorted(Access access, Left left, Optional<Place> after, long needed) {
        boolean isByKey = ways.isByKey();
        Ordering ordering = isByKey ? Ordering.ofKeys(question) : new Ordering(question, access.coverage());
        Step covered = left.byEntries(access.step(Optional.empty()));
        Step step = isByKey ? covered : left.byDocuments(covered);
        if (after.isPresent()) {
            step = new AfterStep(step, ordering, isByKey ? after.get().ofKey() : after.get());
        }
        long first = isByKey && !left.uncovered.isEmpty() ? Long.MAX_VALUE : needed;
        step = new SortStep(step, ordering, first, Sorter.MOST_BYTES, Math.min((double) first, step.estimate()));
        return isByKey ? left.byDocuments(step) : step;
    }

    /// What gives the rows of the answer in any order.
    Step unordered() {
        Access access = best(Long.MAX_VALUE, false);
        Step step = new Left(access).filtered(access.step(Optional.empty()));
        return question.offset() > 0 || question.limit() < Long.MAX_VALUE
                ? new SliceStep(step, question.offset(), question.limit())
                : step;
    }

    /// How many rows there are, if that can be told without reading them.
    Optional<Long> knownCount() {
        return ways.count().map(all -> Math.min(question.limit(), Math.max(0, all - question.offset())));
    }

    /// The conditions that are still to be looked at when a way has given its rows.
    private final class Left {
        final List<Expression> covered = new ArrayList<>();
        final List<Expression> uncovered = new ArrayList<>();
        private final Coverage coverage;

        Left(Access access) {
            coverage = access.coverage();
            for (Expression condition : question.conditions()) {
                if (!access.met().contains(condition)) {
                    (coverage.has(condition) ? covered : uncovered).add(condition);
                }
            }
        }

        Step filtered(Step step) {
            return byDocuments(byEntries(step));
        }

        /// Without the rows that entries tell to be none of the answer.
        Step byEntries(Step step) {
            return filtered(step, covered, coverage);
        }

        /// Without those that only documents tell.
        Step byDocuments(Step step) {
            return filtered(step, uncovered, Coverage.NONE);
        }

        private Step filtered(Step step, List<Expression> conditions, Coverage by) {
            if (conditions.isEmpty()) {
                return step;
            }
            Expression all = conditions.size() == 1 ? conditions.getFirst() : new And(conditions);
            return new FilterStep(
                    step, all, by, step.estimate() * ways.estimates().part(conditions));
        }
    }

    /// What is to be said of the plan besides.
    List<String> notes() {
        return ways.aside().stream()
                .map(index -> "index " + index + " is not ready, and was left aside")
                .toList();
    }

    /// The ways to get at rows.
    Ways ways() {
        return ways;
    }

    private Access best(long needed, boolean isOrdered) {
        List<Access> all = ways.all(isOrdered);
        Access best = all.getLast();
        double least = all.size() == 1 ? 0 : cost(best, needed, isOrdered);
        for (Access other : all.reversed().subList(1, all.size())) {
            boolean isHopeless = needed == Long.MAX_VALUE && other.cost(1) > least;
            double cost = isHopeless ? Double.POSITIVE_INFINITY : cost(other, needed, isOrdered);
            if (cost <= least) {
                least = cost;
                best = other;
            }
        }
        return best;
    }

    private double cost(Access access, long needed, boolean isOrdered) {
        Left left = new Left(access);
        double partCovered = ways.estimates().part(left.covered);
        double partUncovered = ways.estimates().part(left.uncovered);
        double found = access.rows() * partCovered * partUncovered;
        boolean isTied = isOrdered && access.ties().isPresent();
        double tied = isTied && needed < found ? access.tied() : 0;
        double part = Math.min(1, (needed + tied) / Math.max(found, 1));
        boolean isSorted = isOrdered && !isTied && !access.isInOrder();
        boolean isSortedByKey = isSorted && ways.isByKey();
        double gotten = access.rows() * (isSorted ? 1 : part);
        double cost = access.cost(isSorted ? 1 : part) + gotten * (left.covered.isEmpty() ? 0 : Cost.LOOK);
        gotten *= partCovered;
        if (isSortedByKey) {
            cost += gotten * Cost.SORT;
            gotten *= part;
        }
        double read = access.hasDocuments() && !isSortedByKey ? 0 : Cost.READ;
        boolean isRead = !left.uncovered.isEmpty();
        cost += isRead ? gotten * (Cost.LOOK + read) : 0;
        gotten *= partUncovered;
        if (isTied || (isSorted && !isSortedByKey)) {
            boolean isOrderRead = !isRead && !access.coverage().hasAll(question.orderedBy());
            cost += gotten * (Cost.SORT + (isOrderRead ? read : 0));
            isRead = false;
            read = Cost.READ;
            gotten = Math.min(gotten, (double) needed);
        }
        return cost + (isOrdered && !isRead && isOutputRead(access) ? gotten * read : 0);
    }

    private boolean isOutputRead(Access access) {
        return question.selection().isNone()
                || !access.coverage().hasAll(question.selection().expressions());
    }
}
