package coppice.engine.query;

import coppice.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets rows through for which a condition is true.
final class FilterStep extends Step {
    private final Step input;
    private final Sight condition;

    FilterStep(Step input, Expression condition, Coverage coverage, double estimate) {
        super("filter", condition.toString(), estimate, input);
        this.input = input;
        this.condition = new Sight(List.of(condition), coverage);
    }

    @Override
    @Nullable
    Found advance() {
        while (true) {
            Found found = input.next();
            if (found == null || condition.of(found).holds(0)) {
                return found;
            }
        }
    }
}
