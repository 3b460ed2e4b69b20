/// What waits on branches until somebody goes on with it: merges, rebases, picks and stashes with conflicts, and what
/// has been decided already. Read [Waiting] first; `docs/format/settings.md` has the bytes.
@NullMarked
package coppice.engine.waiting;

import org.jspecify.annotations.NullMarked;
