/// Merges of two versions, and what becomes of keys that both sides changed: rules, policies, and the resolver of the
/// caller. Read [Merging] first, then [Deciding].
@NullMarked
package coppice.engine.merge;

import org.jspecify.annotations.NullMarked;
