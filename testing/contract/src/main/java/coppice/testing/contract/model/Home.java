package coppice.testing.contract.model;

import coppice.api.CommitId;
import coppice.api.Database;
import coppice.api.Options;

/// A place for one database.
public interface Home {
    /// Opens the database of this place: an empty one the first time, later what the one before left when it was
    /// closed. The opener closes it.
    Database open(Options options);

    /// Whether what was closed is there again when opened.
    boolean isPersistent();

    /// Where others find it to exchange with, while it is open at least.
    String location();

    /// The name of all that a commit holds: equal where that is equal, whatever the history.
    String root(Database db, CommitId commit);
}
