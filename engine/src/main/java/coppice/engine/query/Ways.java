package coppice.engine.query;

import coppice.api.Range;
import coppice.engine.query.IndexMatch.InOrder;
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
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
    private final List<OrderedIndex> indexes = new ArrayList<>();
    private final List<IndexMatch> matches = new ArrayList<>();
    private final Set<String> aside = new TreeSet<>();
    private final boolean isByKey;
    private final double total;
    private final Estimates estimates;

    /// @param name of the source, for people
    Ways(String name, Question question, Rows rows) {
        this.name = name;
        this.question = question;
        this.rows = rows;
        this.conditions = new Conditions(question.isNever() ? List.of() : conditions(question));
        this.ranges = question.isNever() ? List.of() : KeyRanges.of(question.keys(), conditions.all());
        for (OrderedIndex index : question.isNever() ? List.<OrderedIndex>of() : rows.indexes()) {
            if (index.traits().hasAll(question.keys(), ranges)) {
                indexes.add(index);
                IndexMatch.of(index, conditions, new Looks(false)).ifPresent(matches::add);
            }
        }
        this.isByKey = orderIsOfKeys();
        this.total = matches.isEmpty() ? 0 : rows.state().estimate(Range.all());
        this.estimates = new Estimates(total, matches);
    }

    private static List<Condition> conditions(Question question) {
        List<Condition> conditions = new ArrayList<>();
        for (Expression expression : question.conditions()) {
            conditions.add(Condition.of(expression));
        }
        return conditions;
    }

    /// What indexes are for.
    private final class Looks implements IndexMatch.Looks {
        private final boolean isOfTerm;

        /// @param isOfTerm whether an index is looked for that serves a term of OR, and so helps by conditions
        ///     alone
        Looks(boolean isOfTerm) {
            this.isOfTerm = isOfTerm;
        }

        @Override
        public boolean servesOtherwise(IndexTraits index) {
            return !isOfTerm && Ways.this.servesOtherwise(index);
        }

        @Override
        public boolean isReady(OrderedIndex index) {
            return Ways.this.isReady(index);
        }
    }

    private boolean isReady(OrderedIndex index) {
        if (!rows.isOnlyFresh()) {
            return true;
        }
        long most = (long) (scanned() / Cost.DERIVE);
        if (index.lag().applyAsLong(most) <= most) {
            return true;
        }
        aside.add(index.traits().name());
        return false;
    }

    /// The names of indexes that might serve, and are not ready.
    Set<String> aside() {
        return aside;
    }

    /// Whether an index may help of which no condition says anything: by its order, or as it has all that is
    /// asked for.
    private boolean servesOtherwise(IndexTraits index) {
        Expression first = index.shape().columns().getFirst().expression();
        for (Order order : question.order()) {
            if (order.by().equals(first)) {
                return true;
            }
        }
        return !question.selection().isNone()
                && index.coverage().hasAll(question.selection().expressions())
                && index.coverage().hasAll(conditions.expressions());
    }

    Estimates estimates() {
        return estimates;
    }

    private boolean orderIsOfKeys() {
        List<Order> order = question.order();
        for (int term = 0; term < order.size(); term++) {
            if (!IndexMatch.isSettled(order, term, conditions)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the order of the answer is that of keys.
    boolean isByKey() {
        return isByKey;
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
        for (Expression condition : conditions.expressions()) {
            if (condition instanceof Or(List<Expression> terms)) {
                union(condition, terms).ifPresent(all::add);
            }
        }
        return all;
    }

    private Access scan() {
        boolean isDown = isByKey() && question.isReversed();
        List<Range> directed =
                isDown ? ranges.reversed().stream().map(Range::reversed).toList() : ranges;
        return new Access.Scan(question, rows.state(), directed, isByKey(), name, scanned());
    }

    /// About how many rows a scan reads.
    private double scanned() {
        double count = 0;
        for (Range range : ranges) {
            count += rows.state().estimate(range);
        }
        return count;
    }

    private Access access(IndexMatch match) {
        Optional<InOrder> order = match.inOrder(question.effectiveOrder(), conditions, question.isReversed());
        return new Access.ByIndex(question, rows.state(), match, order, match.estimate());
    }

    private Access keys(KeysStep.Kind kind, List<IndexMatch> of, Set<Expression> met, double count) {
        List<Access> inputs = of.stream().map(this::access).toList();
        return new Access.ByKeys(question, rows.state(), kind, inputs, isByKey(), met, count);
    }

    /// The rows that several indexes have in common, as long as another saves reading more rows than it has
    /// entries.
    private Optional<Access> intersection() {
        if (matches.size() < 2) {
            return Optional.empty();
        }
        List<IndexMatch> sorted = matches.stream()
                .filter(match -> !match.counted().isEmpty() && match.estimate() <= KEYS)
                .sorted(Comparator.comparingDouble(IndexMatch::estimate))
                .toList();
        if (sorted.size() < 2) {
            return Optional.empty();
        }
        List<IndexMatch> chosen = new ArrayList<>(List.of(sorted.getFirst()));
        Set<Expression> of = new HashSet<>(sorted.getFirst().counted());
        Set<Expression> met = new LinkedHashSet<>(sorted.getFirst().met());
        double left = sorted.getFirst().estimate();
        for (IndexMatch next : sorted.subList(1, sorted.size())) {
            double after = left * Math.min(1, next.estimate() / Math.max(1, total));
            boolean isNew = next.counted().stream().noneMatch(of::contains);
            if (isNew && (left - after) * Cost.READ > next.estimate() * (Cost.ENTRY + Cost.SORT)) {
                chosen.add(next);
                of.addAll(next.counted());
                met.addAll(next.met());
                left = after;
            }
        }
        return chosen.size() < 2 ? Optional.empty() : Optional.of(keys(KeysStep.Kind.INTERSECT, chosen, met, left));
    }

    /// The rows that one index or another has for the terms of OR.
    private Optional<Access> union(Expression condition, List<Expression> terms) {
        List<Condition> others = conditions.all().stream()
                .filter(other -> !other.expression().equals(condition))
                .toList();
        List<IndexMatch> chosen = new ArrayList<>();
        Set<Expression> met = new LinkedHashSet<>(conditions.expressions());
        double count = 0;
        for (Expression term : terms) {
            List<Condition> all = new ArrayList<>();
            term.conjuncts().forEach(one -> all.add(Condition.of(one)));
            all.addAll(others);
            IndexMatch best = best(new Conditions(all));
            if (best == null) {
                return Optional.empty();
            }
            chosen.add(best);
            count += best.estimate();
            Set<Expression> metHere = new HashSet<>(best.met());
            if (metHere.containsAll(term.conjuncts())) {
                metHere.add(condition);
            }
            met.retainAll(metHere);
        }
        return count > KEYS ? Optional.empty() : Optional.of(keys(KeysStep.Kind.UNION, chosen, met, count));
    }

    private @Nullable IndexMatch best(Conditions of) {
        IndexMatch best = null;
        for (OrderedIndex index : indexes) {
            IndexMatch match = IndexMatch.of(index, of, new Looks(true)).orElse(null);
            if (match != null && !match.counted().isEmpty() && (best == null || match.estimate() < best.estimate())) {
                best = match;
            }
        }
        return best;
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
                .filter(match -> !match.mayRepeat() && match.met().containsAll(conditions.expressions()))
                .filter(match -> match.index().isOf(question.keys()))
                .findFirst()
                .map(match -> match.entries().count());
    }
}
