/// Definitions of projections, and what they make of rows. Pure functions of definitions, keys and documents: where
/// rows come from, and where results are kept, is for who has them.
///
/// Read [CompiledProjection] first.
@NullMarked
package coppice.projection;

import org.jspecify.annotations.NullMarked;
