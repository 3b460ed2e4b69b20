/// Following what happens to rows: who waits for what, and what differs from where they are.
///
/// Read [Lookout] first, then [Feed]. What is followed says [Watched]: the spaces of a branch, or whatever else is
/// a function of its states.
@NullMarked
package coppice.engine.feed;

import org.jspecify.annotations.NullMarked;
