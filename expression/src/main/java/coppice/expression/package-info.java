/// SQL-like expressions over JSON documents: what filters, checks, indexes and computed fields are written in.
///
/// Read [coppice.expression.Expression] first, then [coppice.expression.Value]. The language is described in
/// `docs/guide/expressions.md`.
@NullMarked
package coppice.expression;

import org.jspecify.annotations.NullMarked;
