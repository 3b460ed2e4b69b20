package coppice.engine.live;

import coppice.engine.log.RefMove;

/// Is told of each move of a ref, under the lock under which it moves.
@FunctionalInterface
interface MoveLog {
    /// Nobody wants to know.
    MoveLog NONE = (ref, lsn, move) -> {};

    /// A ref moved.
    ///
    /// @param ref its whole name
    /// @param lsn where the journal record of it ends
    void add(String ref, long lsn, RefMove move);
}
