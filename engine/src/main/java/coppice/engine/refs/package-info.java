/// What refs name, and how they are made, moved and removed: `main~2`, `v1^`, `branch@{yesterday}`.
///
/// Read [RefResolver] first, then [Placing] and [Branching].
@NullMarked
package coppice.engine.refs;

import org.jspecify.annotations.NullMarked;
