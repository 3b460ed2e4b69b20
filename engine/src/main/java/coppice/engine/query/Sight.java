package coppice.engine.query;

import coppice.expression.Expression;
import coppice.expression.JointEvaluator;
import java.util.List;

/// Evaluates expressions for rows on their way: from the entries of an index where these tell all of them, else
/// from documents. Immutable.
final class Sight {
    private static final byte[] NOTHING = {};

    private final Coverage coverage;
    private final boolean isCovered;
    private final JointEvaluator evaluator;

    Sight(List<Expression> expressions, Coverage coverage) {
        this.coverage = coverage;
        this.isCovered = coverage.hasAll(expressions) && !expressions.isEmpty();
        this.evaluator = JointEvaluator.of(expressions, isCovered ? coverage.given() : List.of());
    }

    JointEvaluator.Values of(Found found) {
        return isCovered
                ? evaluator.values(found.key(), NOTHING, found.given(coverage))
                : evaluator.values(found.key(), found.document());
    }
}
