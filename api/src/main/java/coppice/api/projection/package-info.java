/// What follows from rows: indexes, aggregates, joins and computed rows, true on every branch and in every version.
/// Read [ProjectionDefinition] first, then [Projections] and [ProjectionView].
@NullMarked
package coppice.api.projection;

import org.jspecify.annotations.NullMarked;
