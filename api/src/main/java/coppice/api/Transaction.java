package coppice.api;

import coppice.api.query.Query;
import coppice.api.structure.Structured;
import coppice.api.structure.Structures;

/// Work on one branch that takes effect as a whole or not at all. It reads the state it began on and its own
/// writes.
///
/// Belongs to one thread at a time. Different branches never conflict; on one branch the first to commit wins.
public interface Transaction extends Structured, AutoCloseable {
    /// A space as this transaction sees it.
    Space space(String name);

    /// A question for the rows of a space, as this transaction sees it when it is asked. For a serializable one,
    /// all rows whose keys fit count as read.
    ///
    /// @throws DatabaseException.Incorrect when no space can have this name
    Query query(String space);

    /// The structures as this transaction sees them; what is done with them takes effect with it.
    @Override
    Structures structures();

    /// A point to come back to.
    Savepoint savepoint();

    /// Undoes everything written since a savepoint. The savepoint stays usable, later ones do not.
    ///
    /// @throws DatabaseException.Incorrect when the savepoint is another transaction's or was rolled back over
    void rollbackTo(Savepoint savepoint);

    /// Makes the writes take effect, acknowledged as [Options#durability()] says.
    ///
    /// @throws DatabaseException.Conflict when another transaction committed a change to a key this one wrote (when
    ///     serializable: or read) since it began; nothing took effect, begin again
    void commit();

    /// Makes the writes take effect and the branch's working state its next version, in one step: a crash leaves
    /// both or neither. The version also holds what was uncommitted on the branch before. [Database#undo()] takes
    /// the writes back with the version.
    ///
    /// Costs the changes since the latest commit and one shared sync.
    ///
    /// @return the version, or the branch's latest when nothing has changed and [CommitMessage#whenEmpty()] says to
    ///     make none; what was written took effect all the same
    /// @throws DatabaseException.Conflict as [#commit()]
    /// @throws DatabaseException.Incorrect when nothing has changed and that is to be refused
    /// @throws DatabaseException.Refused when a hook does not agree; nothing took effect
    Commit commit(CommitMessage message);

    /// Ends the transaction without effect. Idempotent.
    void rollback();

    /// The same as [#rollback()] unless committed.
    @Override
    void close();

    /// A point within a transaction.
    interface Savepoint {}
}
