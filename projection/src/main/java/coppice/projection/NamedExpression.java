package coppice.projection;

import coppice.expression.Expression;

/// A member that rows get, and what it is.
public record NamedExpression(String name, Expression expression) {}
