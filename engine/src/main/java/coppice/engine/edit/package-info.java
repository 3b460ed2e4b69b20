/// What rewrites history or puts changes aside: rebase, cherry-pick, revert, stash, undo, and the import of lines.
///
/// Read [Replays] first (what rebases and picks have in common), then [Editing] (what there is).
@NullMarked
package coppice.engine.edit;

import org.jspecify.annotations.NullMarked;
