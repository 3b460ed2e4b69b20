package coppice.engine.query;

import coppice.expression.Bounds;
import coppice.expression.Expression;
import coppice.expression.Expression.And;
import coppice.expression.KeyRange;
import coppice.projection.IndexColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Conditions that are all true of a row, by what they are about. Immutable.
final class Conditions {
    /// What conditions say about one operand: its sort key is in one of the ranges.
    ///
    /// @param ranges in order, not touching
    /// @param of the conditions that say so
    /// @param exact those of them that say nothing more
    /// @param isOfValues whether each range has one value alone
    record About(List<KeyRange> ranges, Set<Expression> of, Set<Expression> exact, boolean isOfValues) {
        private static About of(Bounds bounds, List<Condition> conditions) {
            if (conditions.size() == 1) {
                Set<Expression> one = Set.of(conditions.getFirst().expression());
                return new About(bounds.ranges(), one, bounds.isExact() ? one : Set.of(), areValues(bounds));
            }
            Set<Expression> of = new LinkedHashSet<>();
            Set<Expression> exact = new LinkedHashSet<>();
            for (Condition condition : conditions) {
                of.add(condition.expression());
                if (condition.bounds().orElseThrow().isExact()) {
                    exact.add(condition.expression());
                }
            }
            return new About(bounds.ranges(), of, exact, areValues(bounds));
        }

        private static boolean areValues(Bounds bounds) {
            for (KeyRange range : bounds.ranges()) {
                if (!range.isPoint()) {
                    return false;
                }
            }
            return true;
        }

        /// Whether there is one value it can have.
        boolean isOneValue() {
            return isOfValues && ranges.size() == 1;
        }
    }

    private final List<Condition> all;
    private final List<Expression> expressions;
    private final Map<Expression, About> values = new HashMap<>();
    private final Map<Expression, List<About>> items = new HashMap<>();

    Conditions(List<Condition> all) {
        this.all = List.copyOf(all);
        List<Expression> expressions = new ArrayList<>(all.size());
        Map<Expression, List<Condition>> byOperand = new LinkedHashMap<>();
        for (Condition condition : all) {
            expressions.add(condition.expression());
            condition.bounds().ifPresent(bounds -> {
                if (bounds.isOfItems()) {
                    items.computeIfAbsent(bounds.operand(), _ -> new ArrayList<>(1))
                            .add(About.of(bounds, List.of(condition)));
                } else {
                    byOperand
                            .computeIfAbsent(bounds.operand(), _ -> new ArrayList<>(1))
                            .add(condition);
                }
            });
        }
        byOperand.forEach((operand, of) -> values.put(operand, About.of(together(of), of)));
        this.expressions = expressions;
    }

    private static Bounds together(List<Condition> conditions) {
        if (conditions.size() == 1) {
            return conditions.getFirst().bounds().orElseThrow();
        }
        Expression whole =
                new And(conditions.stream().map(Condition::comparison).toList());
        return Bounds.of(whole).orElseThrow(); // as each says something about the same operand
    }

    /// All of them.
    List<Condition> all() {
        return all;
    }

    /// All of them, as they are written.
    List<Expression> expressions() {
        return expressions;
    }

    /// What they say about an operand; null when nothing.
    @Nullable
    About about(Expression operand) {
        return values.get(operand);
    }

    /// What they say about what a column has; null when nothing. Of several about items of an array, one counts:
    /// others may be true of other items.
    @Nullable
    About about(IndexColumn column) {
        if (!column.isEach()) {
            return about(column.expression());
        }
        List<About> about = items.getOrDefault(column.expression(), List.of());
        for (About one : about) {
            if (one.isOneValue()) {
                return one;
            }
        }
        return about.isEmpty() ? null : about.getFirst();
    }

    /// Whether an operand has one value in all rows for which they are true.
    boolean fix(Expression operand) {
        About about = about(operand);
        return about != null && about.isOneValue();
    }

    /// Whether another condition is true wherever these are, as far as can be seen.
    boolean imply(Condition other) {
        if (expressions.contains(other.expression())) {
            return true;
        }
        Bounds bounds = other.bounds().filter(Bounds::isExact).orElse(null);
        if (bounds == null) {
            return false;
        }
        if (bounds.isOfItems()) {
            return items.getOrDefault(bounds.operand(), List.of()).stream().anyMatch(one -> isWithin(one, bounds));
        }
        About about = about(bounds.operand());
        return about != null && isWithin(about, bounds);
    }

    /// Those of them from which another follows that they [imply][#imply].
    Set<Expression> implying(Condition other) {
        if (expressions.contains(other.expression())) {
            return Set.of(other.expression());
        }
        Bounds bounds = other.bounds().orElseThrow();
        About about = bounds.isOfItems() ? null : about(bounds.operand());
        return about == null ? Set.of() : about.of();
    }

    private static boolean isWithin(About about, Bounds bounds) {
        for (KeyRange range : about.ranges()) {
            if (bounds.ranges().stream().noneMatch(wider -> wider.hasAll(range))) {
                return false;
            }
        }
        return true;
    }
}
