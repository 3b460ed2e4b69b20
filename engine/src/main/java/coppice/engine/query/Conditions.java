package coppice.engine.query;

import coppice.expression.Bounds;
import coppice.expression.Comparison;
import coppice.expression.Expression;
import coppice.expression.Expression.And;
import coppice.expression.Expression.Compare;
import coppice.expression.Expression.Constant;
import coppice.expression.Expression.Not;
import coppice.expression.Expression.Path;
import coppice.expression.KeyRange;
import coppice.expression.Value;
import coppice.projection.IndexColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Conditions that are all true of a row, by what they are about. Immutable.
final class Conditions {
    /// What conditions say about one operand: its sort key is in one of the ranges.
    ///
    /// @param ranges in order, not touching
    /// @param of the conditions that say so
    /// @param exact those of them that say nothing more
    record About(List<KeyRange> ranges, Set<Expression> of, Set<Expression> exact) {
        /// Whether there is one value it can have.
        boolean isOneValue() {
            return ranges.size() == 1 && ranges.getFirst().isPoint();
        }
    }

    private final List<Expression> all;
    private final Map<Expression, About> values = new HashMap<>();
    private final Map<Expression, List<About>> items = new HashMap<>();

    Conditions(List<Expression> all) {
        this.all = List.copyOf(all);
        Map<Expression, List<Expression>> byOperand = new HashMap<>();
        for (Expression condition : all) {
            Bounds bounds = bounds(condition).orElse(null);
            if (bounds == null) {
                continue;
            }
            if (bounds.isOfItems()) {
                items.computeIfAbsent(bounds.operand(), _ -> new ArrayList<>()).add(about(bounds, List.of(condition)));
            } else {
                byOperand
                        .computeIfAbsent(bounds.operand(), _ -> new ArrayList<>())
                        .add(condition);
            }
        }
        byOperand.forEach((operand, of) -> values.put(operand, about(together(of), of)));
    }

    private static Bounds together(List<Expression> conditions) {
        List<Expression> compared =
                conditions.stream().map(Conditions::comparison).toList();
        Expression whole = compared.size() == 1 ? compared.getFirst() : new And(compared);
        return Bounds.of(whole).orElseThrow(); // as each says something about the same operand
    }

    private static About about(Bounds bounds, List<Expression> of) {
        Set<Expression> exact = new LinkedHashSet<>();
        of.stream().filter(one -> bounds(one).orElseThrow().isExact()).forEach(exact::add);
        return new About(bounds.ranges(), new LinkedHashSet<>(of), exact);
    }

    private static Optional<Bounds> bounds(Expression condition) {
        return Bounds.of(comparison(condition));
    }

    /// The comparison that a path alone stands for where it is a condition.
    private static Expression comparison(Expression condition) {
        return switch (condition) {
            case Path path -> new Compare(Comparison.EQUAL, path, new Constant(Value.of(true)));
            case Not(Path path) -> new Compare(Comparison.EQUAL, path, new Constant(Value.of(false)));
            default -> condition;
        };
    }

    /// All of them.
    List<Expression> all() {
        return all;
    }

    /// What they say about an operand.
    Optional<About> about(Expression operand) {
        return Optional.ofNullable(values.get(operand));
    }

    /// What they say about what a column has. Of several about items of an array, one counts: others may be true of
    /// other items.
    Optional<About> about(IndexColumn column) {
        if (!column.isEach()) {
            return about(column.expression());
        }
        List<About> about = items.getOrDefault(column.expression(), List.of());
        return about.stream()
                .filter(About::isOneValue)
                .findFirst()
                .or(() -> about.stream().findFirst());
    }

    /// Whether another condition is true wherever these are, as far as can be seen.
    boolean imply(Expression other) {
        if (all.contains(other)) {
            return true;
        }
        Bounds bounds = bounds(other).filter(Bounds::isExact).orElse(null);
        if (bounds == null) {
            return false;
        }
        List<About> about = bounds.isOfItems()
                ? items.getOrDefault(bounds.operand(), List.of())
                : about(bounds.operand()).stream().toList();
        return about.stream()
                .anyMatch(one -> one.ranges().stream()
                        .allMatch(range -> bounds.ranges().stream().anyMatch(wider -> wider.hasAll(range))));
    }
}
