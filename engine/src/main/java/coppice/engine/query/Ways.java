package coppice.engine.query;

import coppice.api.KeyPattern;
import coppice.api.Range;
import coppice.engine.query.IndexMatch.InOrder;
import coppice.engine.query.Question.Column;
import coppice.engine.query.Question.Order;
import coppice.expression.Expression;
import coppice.expression.Expression.Or;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The ways to get at the rows that a question is about: all of a range of keys, those that an index has, those
/// that several have in common or together.
final class Ways {
    /// How many keys are put in order in memory.
    private static final double KEYS = 1_000_000;

    private final String name;
    private final Question question;
    private final Rows rows;
    private final Conditions conditions;
    private final List<Range> ranges;
    private final List<OrderedIndex> indexes;
    private final List<IndexMatch> matches;
    private final double total;
    private final Estimates estimates;

    /// @param name of the source, for people
    Ways(String name, Question question, Rows rows) {
        this.name = name;
        this.question = question;
        this.rows = rows;
        this.conditions = new Conditions(question.isNever() ? List.of() : question.conditions());
        this.ranges = question.isNever() ? List.of() : KeyRanges.of(question.keys(), question.conditions());
        this.indexes = rows.indexes().stream()
                .filter(index -> index.hasAll(question.keys()))
                .toList();
        this.matches = question.isNever()
                ? List.of()
                : indexes.stream().flatMap(index -> match(index).stream()).toList();
        this.total = matches.isEmpty() ? 0 : rows.state().estimate(Range.all());
        this.estimates = new Estimates(total, matches);
    }

    private Optional<IndexMatch> match(OrderedIndex index) {
        return IndexMatch.of(index, conditions, () -> servesOtherwise(index));
    }

    /// Whether an index may help of which no condition says anything: by its order, or as it has all that is
    /// asked for.
    private boolean servesOtherwise(OrderedIndex index) {
        Expression first = index.shape().columns().getFirst().expression();
        Coverage coverage = Coverage.of(index.shape());
        return question.order().stream().anyMatch(order -> order.by().equals(first))
                || (!question.columns().isEmpty()
                        && coverage.hasAll(question.columns().stream()
                                .map(Column::expression)
                                .toList())
                        && coverage.hasAll(question.conditions()));
    }

    Estimates estimates() {
        return estimates;
    }

    /// Whether the order of the answer is that of keys.
    boolean isByKey() {
        List<Order> order = question.order();
        for (int term = 0; term < order.size(); term++) {
            if (!IndexMatch.isSettled(order, term, conditions)) {
                return false;
            }
        }
        return true;
    }

    /// All ways that are known.
    ///
    /// @param isOrdered whether the order of the answer matters
    List<Access> all(boolean isOrdered) {
        List<Access> all = new ArrayList<>();
        all.add(scan());
        for (IndexMatch match : matches) {
            if (match.mayRepeat()) {
                if (match.estimate() <= KEYS) {
                    all.add(keys(KeysStep.Kind.UNION, List.of(match), match.met(), match.estimate()));
                }
            } else {
                Access access = access(match);
                if (!isOrdered || access.isInOrder() || !isByKey() || access.rows() <= KEYS) {
                    all.add(access);
                }
            }
        }
        intersection().ifPresent(all::add);
        conditions.all().forEach(condition -> union(condition).ifPresent(all::add));
        return all;
    }

    private Access scan() {
        boolean isDown = isByKey() && question.isReversed();
        List<Range> directed =
                isDown ? ranges.reversed().stream().map(Range::reversed).toList() : ranges;
        String label = question.keys().equals(KeyPattern.all()) ? name : name + " keys '" + question.keys() + "'";
        double count = ranges.stream().mapToDouble(rows.state()::estimate).sum();
        return new Access.Scan(question, rows.state(), directed, isByKey(), label, count);
    }

    private Access access(IndexMatch match) {
        Optional<InOrder> order = match.inOrder(question.effectiveOrder(), conditions, question.isReversed());
        return new Access.ByIndex(
                question, rows.state(), match, order, Coverage.of(match.index().shape()), match.estimate());
    }

    private Access keys(KeysStep.Kind kind, List<IndexMatch> of, Set<Expression> met, double count) {
        List<Access> inputs = of.stream().map(this::access).toList();
        return new Access.ByKeys(question, rows.state(), kind, inputs, isByKey(), met, count);
    }

    /// The rows that several indexes have in common, as long as another saves reading more rows than it has
    /// entries.
    private Optional<Access> intersection() {
        List<IndexMatch> sorted = matches.stream()
                .filter(match -> !match.of().isEmpty() && match.estimate() <= KEYS)
                .sorted(Comparator.comparingDouble(IndexMatch::estimate))
                .toList();
        if (sorted.size() < 2) {
            return Optional.empty();
        }
        List<IndexMatch> chosen = new ArrayList<>(List.of(sorted.getFirst()));
        Set<Expression> of = new HashSet<>(sorted.getFirst().of());
        Set<Expression> met = new LinkedHashSet<>(sorted.getFirst().met());
        double left = sorted.getFirst().estimate();
        for (IndexMatch next : sorted.subList(1, sorted.size())) {
            double after = left * Math.min(1, next.estimate() / Math.max(1, total));
            boolean isNew = next.of().stream().noneMatch(of::contains);
            if (isNew && (left - after) * Cost.READ > next.estimate() * (Cost.ENTRY + Cost.SORT)) {
                chosen.add(next);
                of.addAll(next.of());
                met.addAll(next.met());
                left = after;
            }
        }
        return chosen.size() < 2 ? Optional.empty() : Optional.of(keys(KeysStep.Kind.INTERSECT, chosen, met, left));
    }

    /// The rows that one index or another has for the terms of OR.
    private Optional<Access> union(Expression condition) {
        if (!(condition instanceof Or(List<Expression> terms))) {
            return Optional.empty();
        }
        List<Expression> others = conditions.all().stream()
                .filter(other -> !other.equals(condition))
                .toList();
        List<IndexMatch> chosen = new ArrayList<>();
        Set<Expression> met = new LinkedHashSet<>(conditions.all());
        double count = 0;
        for (Expression term : terms) {
            List<Expression> all = new ArrayList<>(term.conjuncts());
            all.addAll(others);
            Optional<IndexMatch> best = best(new Conditions(all));
            if (best.isEmpty()) {
                return Optional.empty();
            }
            chosen.add(best.get());
            count += best.get().estimate();
            Set<Expression> metHere = new HashSet<>(best.get().met());
            if (metHere.containsAll(term.conjuncts())) {
                metHere.add(condition);
            }
            met.retainAll(metHere);
        }
        return count > KEYS ? Optional.empty() : Optional.of(keys(KeysStep.Kind.UNION, chosen, met, count));
    }

    private Optional<IndexMatch> best(Conditions of) {
        return indexes.stream()
                .flatMap(index -> IndexMatch.of(index, of, () -> false).stream())
                .filter(match -> !match.of().isEmpty())
                .min(Comparator.comparingDouble(IndexMatch::estimate));
    }

    /// How many rows count, if that can be told without reading them.
    Optional<Long> count() {
        if (question.isNever()) {
            return Optional.of(0L);
        }
        if (conditions.all().isEmpty() && question.keys().isRange()) {
            return Optional.of(rows.state().countOnce(question.keys().range()));
        }
        return matches.stream()
                .filter(match -> !match.mayRepeat() && match.met().containsAll(conditions.all()))
                .filter(match -> question.keys().equals(KeyPattern.all())
                        || question.keys().equals(match.index().keys()))
                .findFirst()
                .map(match -> match.entries().count());
    }
}
