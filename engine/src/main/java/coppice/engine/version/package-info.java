/// How versions come to be and are shown: commits, their signatures, and the hooks that are asked before a branch
/// moves.
///
/// Read [Committing] first, then [Vetting] (how hooks are asked) and [Versions] (how commits are shown).
@NullMarked
package coppice.engine.version;

import org.jspecify.annotations.NullMarked;
