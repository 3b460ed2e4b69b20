package coppice.engine.query;

import coppice.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets rows through for which a condition is true.
final class FilterStep extends Step {
    private final Step input;
    private final Expression condition;
    private final Sight sight;

    FilterStep(Step input, Expression condition, Coverage coverage, double estimate) {
        super("filter", estimate, input);
        this.input = input;
        this.condition = condition;
        this.sight = new Sight(List.of(condition), coverage);
    }

    @Override
    String of() {
        return condition.toString();
    }

    @Override
    @Nullable
    Found advance() {
        while (true) {
            Found found = input.next();
            if (found == null || sight.of(found).holds(0)) {
                return found;
            }
        }
    }
}
