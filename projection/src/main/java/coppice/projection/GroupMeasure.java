package coppice.projection;

import coppice.api.projection.ProjectionDefinition.Function;
import coppice.expression.Expression;
import java.util.Optional;

/// What is measured of a group.
///
/// @param name of the member that has it
/// @param expression whose values, about the documents of the source; nothing for the number of rows
public record GroupMeasure(String name, Function function, Optional<Expression> expression) {}
