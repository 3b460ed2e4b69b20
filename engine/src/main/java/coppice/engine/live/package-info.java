/// Refs and branches as they are now, where they have been, and what the engine remembers beside them.
///
/// Read [LiveBranch] first (how a write takes effect), then [Branches] (all refs) and [Reflog].
@NullMarked
package coppice.engine.live;

import org.jspecify.annotations.NullMarked;
