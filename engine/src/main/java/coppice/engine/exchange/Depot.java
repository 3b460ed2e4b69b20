package coppice.engine.exchange;

import coppice.engine.live.Branches;
import coppice.engine.live.Settings;
import coppice.engine.refs.Placing;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.upkeep.Compaction;
import coppice.kernel.exchange.PackSource;
import coppice.kernel.platform.Entropy;

/// The parts of an open database that a transfer needs, on either side.
///
/// @param storage its kernel
/// @param branches its refs
/// @param checkpoint makes chunks durable
/// @param compaction must not sweep meanwhile
/// @param placing asks hooks before a ref moves
/// @param settings its remotes
/// @param gate whether it is open
/// @param entropy for secrets
public record Depot(
        Storage storage,
        Branches branches,
        Checkpoint checkpoint,
        Compaction compaction,
        Placing placing,
        Settings settings,
        Gate gate,
        Entropy entropy) {
    /// Its chunks, for another store.
    PackSource source() {
        return new PackSource(storage.packs());
    }

    Taking taking() {
        return new Taking(storage, branches, checkpoint, entropy);
    }
}
