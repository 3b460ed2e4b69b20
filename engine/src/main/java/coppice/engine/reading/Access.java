package coppice.engine.reading;

import coppice.engine.meter.Meters;
import coppice.engine.state.Followings;
import coppice.engine.state.Roots;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.kernel.platform.Clock;
import coppice.structure.secret.Vault;
import java.time.Instant;

/// What the faces of spaces, snapshots and transactions need of their database.
///
/// @param roots keeps what they read
/// @param followings what follows from what they read
/// @param gate whether the database is open
/// @param meters how long they take
/// @param clock says when it is
/// @param vault what was derived from secrets
public record Access(Roots roots, Followings followings, Gate gate, Meters meters, Clock clock, Vault vault) {
    /// The moment it is.
    public Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /// What an open database has of it.
    public static Access of(Storage storage, Gate gate) {
        return new Access(
                storage.roots(), storage.followings(), gate, storage.meters(), storage.clock(), storage.vault());
    }
}
