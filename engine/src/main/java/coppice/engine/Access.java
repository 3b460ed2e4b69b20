package coppice.engine;

import coppice.engine.meter.Meters;
import coppice.engine.state.Roots;

/// What the faces of spaces, snapshots and transactions need of their database.
///
/// @param roots keeps what they read
/// @param gate whether the database is open
/// @param meters how long they take
record Access(Roots roots, Gate gate, Meters meters) {
    static Access of(Storage storage, Gate gate) {
        return new Access(storage.roots(), gate, storage.meters());
    }
}
