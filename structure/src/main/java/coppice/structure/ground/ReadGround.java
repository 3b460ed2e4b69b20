package coppice.structure.ground;

import coppice.api.SpaceView;
import coppice.structure.secret.Vault;
import java.time.Instant;

/// What structures that are read stand on: the spaces of a state, and the moment by which lifetimes are judged.
public interface ReadGround {
    /// A space, as it is whenever it is read.
    SpaceView space(String name);

    /// The same as it is now and stays, for what reads more than once.
    ReadGround still();

    /// The moment by which lifetimes are judged.
    Instant now();

    /// What was derived from secrets since the database was opened.
    Vault vault();
}
