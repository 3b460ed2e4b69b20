package coppice.projection;

import coppice.expression.Direction;
import coppice.expression.Expression;

/// What an index is ordered by.
///
/// @param expression about the documents of its source: computed members are put in, and it is simplified
/// @param isEach whether the row is there once for each different item of the array that the expression is
public record IndexColumn(Expression expression, Direction direction, boolean isEach) {}
