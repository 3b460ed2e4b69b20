/// What runs beside writers: folding, collecting garbage, bringing the index of changed keys forward.
///
/// Read [Checkpoint] first, then [Compaction]; [Maintenance] says when.
@NullMarked
package coppice.engine.upkeep;

import org.jspecify.annotations.NullMarked;
