package coppice.api;

/// Work on one branch that takes effect as a whole or not at all. It reads the state it began on and its own
/// writes.
///
/// Belongs to one thread at a time. Different branches never conflict; on one branch the first to commit wins.
public interface Transaction extends AutoCloseable {
    /// A space as this transaction sees it.
    Space space(String name);

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

    /// Ends the transaction without effect. Idempotent.
    void rollback();

    /// The same as [#rollback()] unless committed.
    @Override
    void close();

    /// A point within a transaction.
    interface Savepoint {}
}
