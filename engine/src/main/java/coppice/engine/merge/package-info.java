/// What becomes of keys that both sides of a merge changed: rules, policies, and the resolver of the caller.
///
/// Read [coppice.engine.merge.Deciding] first.
@NullMarked
package coppice.engine.merge;

import org.jspecify.annotations.NullMarked;
