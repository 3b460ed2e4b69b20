/// Projections at work: how they are defined, what is made of what for them, and how they are read.
///
/// Read [Defined] first, then [Catalogue].
@NullMarked
package coppice.engine.views;

import org.jspecify.annotations.NullMarked;
