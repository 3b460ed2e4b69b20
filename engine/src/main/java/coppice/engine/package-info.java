/// The embedded database: the API over the kernel.
///
/// Read [EmbeddedDatabase] first (what there is and how it is wired), then [LiveBranch] (how a write takes effect),
/// [Checkpoint] and [Recovery] (how it lasts).
@NullMarked
package coppice.engine;

import org.jspecify.annotations.NullMarked;
