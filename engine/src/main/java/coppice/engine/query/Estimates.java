package coppice.engine.query;

import coppice.expression.Comparison;
import coppice.expression.Expression;
import coppice.expression.Expression.Compare;
import coppice.expression.Expression.Contains;
import coppice.expression.Expression.RowKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Of how many rows conditions may be true: as indexes count them, each by itself, else by their kind. One thread.
final class Estimates {
    private static final double EQUAL = 0.1;
    private static final double OTHER = 0.3;

    private final double total;
    private final List<IndexMatch> matches;
    private @Nullable List<IndexMatch> sorted;

    /// @param total how many rows there are
    Estimates(double total, List<IndexMatch> matches) {
        this.total = total;
        this.matches = matches;
    }

    /// What counted conditions, what leaves the least first.
    private List<IndexMatch> sorted() {
        List<IndexMatch> known = sorted;
        if (known == null) {
            known = matches.stream()
                    .filter(match -> !match.counted().isEmpty())
                    .sorted(Comparator.comparingDouble(IndexMatch::estimate))
                    .toList();
            sorted = known;
        }
        return known;
    }

    /// What part of rows conditions leave, all together.
    double part(Collection<Expression> conditions) {
        if (conditions.isEmpty()) {
            return 1;
        }
        Set<Expression> left = new LinkedHashSet<>(conditions);
        double part = 1;
        for (IndexMatch match : sorted()) {
            if (left.containsAll(match.counted())) {
                left.removeAll(match.counted());
                part *= Math.min(1, match.estimate() / Math.max(1, total));
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
