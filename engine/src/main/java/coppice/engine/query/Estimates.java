package coppice.engine.query;

import coppice.expression.Comparison;
import coppice.expression.Expression;
import coppice.expression.Expression.Compare;
import coppice.expression.Expression.Contains;
import coppice.expression.Expression.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Of how many rows conditions may be true: as indexes count them, each by itself, else by their kind.
final class Estimates {
    private static final double EQUAL = 0.1;
    private static final double OTHER = 0.3;

    /// What parts of all rows conditions together leave, the smallest first.
    private final List<Map.Entry<Set<Expression>, Double>> counted = new ArrayList<>();

    /// @param total how many rows there are
    Estimates(double total, Collection<IndexMatch> matches) {
        for (IndexMatch match : matches) {
            if (!match.of().isEmpty()) {
                counted.add(Map.entry(match.of(), Math.min(1, match.estimate() / Math.max(1, total))));
            }
        }
        counted.sort(Map.Entry.comparingByValue());
    }

    /// What part of rows conditions leave, all together.
    double part(Collection<Expression> conditions) {
        if (conditions.isEmpty()) {
            return 1;
        }
        Set<Expression> left = new LinkedHashSet<>(conditions);
        double part = 1;
        for (Map.Entry<Set<Expression>, Double> one : counted) {
            if (left.containsAll(one.getKey())) {
                left.removeAll(one.getKey());
                part *= one.getValue();
            }
        }
        for (Expression condition : left) {
            part *= guess(condition);
        }
        return part;
    }

    private static double guess(Expression condition) {
        return switch (condition) {
            case Compare compare when compare.left() instanceof RowKey || compare.right() instanceof RowKey -> 1;
            case Compare(Comparison by, Expression _, Expression _) -> by == Comparison.EQUAL ? EQUAL : OTHER;
            case Contains _ -> EQUAL;
            default -> OTHER;
        };
    }
}
