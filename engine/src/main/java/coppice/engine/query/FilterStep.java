package coppice.engine.query;

import coppice.expression.Evaluator;
import coppice.expression.Expression;
import org.jspecify.annotations.Nullable;

/// Lets rows through for which a condition is true.
final class FilterStep extends Step {
    private final Step input;
    private final Evaluator condition;

    FilterStep(Step input, Expression condition, double estimate) {
        super("filter", condition.toString(), estimate, input);
        this.input = input;
        this.condition = Evaluator.of(condition);
    }

    @Override
    @Nullable
    Found advance() {
        while (true) {
            Found found = input.next();
            if (found == null || condition.holds(found.key(), found.document())) {
                return found;
            }
        }
    }
}
