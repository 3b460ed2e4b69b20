package coppice.engine.query;

import coppice.engine.query.Question.Order;
import coppice.expression.Expression;
import coppice.expression.Expression.And;
import java.util.Comparator;
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
        Step step =
                access.isInOrder() ? filtered(access, access.step(after)) : sorted(access, after, needed(after, limit));
        if (offset > 0 || limit < Long.MAX_VALUE) {
            step = new SliceStep(step, offset, limit);
        }
        return question.columns().isEmpty() ? step : new SelectStep(step, question.columns(), access.coverage());
    }

    /// Where keys are the order, documents are read after rows are in it, which may be for fewer of them.
    private Step sorted(Access access, Optional<Place> after, long needed) {
        boolean isByKey = ways.isByKey();
        Ordering ordering = isByKey ? Ordering.ofKeys(question) : new Ordering(question, access.coverage());
        Step covered = filtered(access.step(Optional.empty()), left(access, true), access.coverage());
        List<Expression> uncovered = left(access, false);
        Step step = isByKey ? covered : filtered(covered, uncovered, Coverage.NONE);
        if (after.isPresent()) {
            step = new AfterStep(step, ordering, isByKey ? after.get().ofKey() : after.get());
        }
        long first = isByKey && !uncovered.isEmpty() ? Long.MAX_VALUE : needed;
        step = new SortStep(step, ordering, first, SortStep.MOST_BYTES, Math.min((double) first, step.estimate()));
        return isByKey ? filtered(step, uncovered, Coverage.NONE) : step;
    }

    /// What gives the rows of the answer in any order.
    Step unordered() {
        Access access = best(Long.MAX_VALUE, false);
        Step step = filtered(access, access.step(Optional.empty()));
        return question.offset() > 0 || question.limit() < Long.MAX_VALUE
                ? new SliceStep(step, question.offset(), question.limit())
                : step;
    }

    /// How many rows there are, if that can be told without reading them.
    Optional<Long> knownCount() {
        return ways.count().map(all -> Math.min(question.limit(), Math.max(0, all - question.offset())));
    }

    private Step filtered(Access access, Step step) {
        Step covered = filtered(step, left(access, true), access.coverage());
        return filtered(covered, left(access, false), Coverage.NONE);
    }

    private Step filtered(Step step, List<Expression> conditions, Coverage coverage) {
        if (conditions.isEmpty()) {
            return step;
        }
        Expression all = conditions.size() == 1 ? conditions.getFirst() : new And(conditions);
        return new FilterStep(
                step, all, coverage, step.estimate() * ways.estimates().part(conditions));
    }

    /// The conditions that are still to be looked at.
    ///
    /// @param isCovered whether those that need no document, or the others
    private List<Expression> left(Access access, boolean isCovered) {
        return question.conditions().stream()
                .filter(condition -> !access.met().contains(condition))
                .filter(condition -> access.coverage().has(condition) == isCovered)
                .toList();
    }

    /// The ways to get at rows.
    Ways ways() {
        return ways;
    }

    private Access best(long needed, boolean isOrdered) {
        return ways.all(isOrdered).stream()
                .min(Comparator.comparingDouble(access -> cost(access, needed, isOrdered)))
                .orElseThrow();
    }

    private double cost(Access access, long needed, boolean isOrdered) {
        List<Expression> covered = left(access, true);
        List<Expression> uncovered = left(access, false);
        double found = access.rows()
                * ways.estimates().part(covered)
                * ways.estimates().part(uncovered);
        double part = Math.min(1, needed / Math.max(found, 1));
        boolean isSorted = isOrdered && !access.isInOrder();
        boolean isSortedByKey = isSorted && ways.isByKey();
        double gotten = access.rows() * (isSorted ? 1 : part);
        double cost = access.cost(isSorted ? 1 : part) + gotten * (covered.isEmpty() ? 0 : Cost.LOOK);
        gotten *= ways.estimates().part(covered);
        if (isSortedByKey) {
            cost += gotten * Cost.SORT;
            gotten *= part;
        }
        double read = access.hasDocuments() && !isSortedByKey ? 0 : Cost.READ;
        boolean isRead = !uncovered.isEmpty();
        cost += isRead ? gotten * (Cost.LOOK + read) : 0;
        gotten *= ways.estimates().part(uncovered);
        if (isSorted && !isSortedByKey) {
            boolean isOrderRead = !isRead
                    && !access.coverage()
                            .hasAll(question.order().stream().map(Order::by).toList());
            cost += gotten * (Cost.SORT + (isOrderRead ? read : 0));
            isRead = false;
            read = Cost.READ;
            gotten = Math.min(gotten, (double) needed);
        }
        return cost + (isOrdered && !isRead && isOutputRead(access) ? gotten * read : 0);
    }

    private boolean isOutputRead(Access access) {
        return question.columns().isEmpty()
                || !access.coverage()
                        .hasAll(question.columns().stream()
                                .map(Question.Column::expression)
                                .toList());
    }
}
