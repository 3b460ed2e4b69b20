package coppice.structure.ground;

import coppice.api.SpaceView;
import coppice.api.query.Query;
import coppice.structure.secret.Vault;
import java.time.Instant;

/// What structures that are read stand on: the spaces of a state, and the moment by which lifetimes are judged.
public interface ReadGround {
    /// A space, as it is whenever it is read.
    SpaceView space(String name);

    /// The same as it is now and stays, for what reads more than once.
    ReadGround still();

    /// What follows from the rows of a space. Costs what differs from a state for which somebody asked for it of
    /// late, or all rows.
    <T> T following(String space, Following<T> how);

    /// A question for the rows of a space.
    Query query(String space);

    /// Which rows a query of such a ground is about.
    Filter filter(Query query);

    /// The moment by which lifetimes are judged.
    Instant now();

    /// What was derived from secrets since the database was opened.
    Vault vault();
}
