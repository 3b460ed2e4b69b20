package coppice.projection;

import coppice.api.projection.ProjectionDefinition.Function;
import coppice.expression.Expression;
import java.util.Optional;

/// What is measured of a group.
///
/// @param name of the member that has it
/// @param expression whose values, about the documents of the source; nothing for the number of rows
public record GroupMeasure(String name, Function function, Optional<Expression> expression) {
    /// Whether sums tell what it is; else the number of rows does, or the values themselves.
    boolean isSummed() {
        return switch (function) {
            case COUNT -> expression.isPresent();
            case SUM, AVG -> true;
            case COUNT_DISTINCT, MIN, MAX -> false;
        };
    }
}
