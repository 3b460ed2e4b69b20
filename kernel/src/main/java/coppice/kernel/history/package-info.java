/// Versions: what they hold, how they descend from one another, and what points to them.
///
/// Read [coppice.kernel.history.Commit] first (a version is one small chunk that names everything else), then
/// [coppice.kernel.history.Closure] (why questions about ancestors are cheap), then
/// [coppice.kernel.history.History]. A commit names a [coppice.kernel.history.Catalog], the tree of all
/// spaces; [coppice.kernel.history.Refs] is the tree of all branches and tags. The formats are in
/// `docs/format/commit.md`.
@NullMarked
package coppice.kernel.history;

import org.jspecify.annotations.NullMarked;
