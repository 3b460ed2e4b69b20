/// The embedded database: the API over the kernel.
///
/// Here are the faces that a user sees, and [Opening], which wires what is behind them. The rest is in rooms, each of
/// which uses only those below it; `ARCHITECTURE.md` has the list. Read [EmbeddedDatabase] first, then
/// [coppice.engine.live.LiveBranch] (how a write takes effect), [coppice.engine.upkeep.Checkpoint] and
/// [coppice.engine.recovery.Recovery] (how it lasts).
@NullMarked
package coppice.engine;

import org.jspecify.annotations.NullMarked;
