/// The states a branch goes through, as immutable values: folded trees plus what changed since, in memory.
///
/// Read [BranchState] first, then [SpaceState].
@NullMarked
package coppice.engine.state;

import org.jspecify.annotations.NullMarked;
