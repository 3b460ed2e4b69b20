/// Data structures: typed faces of the spaces of a branch, which fork, merge and travel in time with it.
///
/// Read [Structures] first, then [Dict].
@NullMarked
package coppice.api.structure;

import org.jspecify.annotations.NullMarked;
