package coppice.api;

import java.util.List;

/// One immutable state of a database, to read. Stays the same whatever happens meanwhile, and holds no lock.
public interface Snapshot {
    /// A space as it is in this state. A space nobody wrote to is empty.
    SpaceView space(String name);

    /// The names of the spaces that hold at least one key, in order.
    List<String> spaces();

    /// The commit this is the state of; of a branch with uncommitted changes, the commit they build on.
    Commit commit();
}
