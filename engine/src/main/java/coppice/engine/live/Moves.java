package coppice.engine.live;

import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.engine.log.RefMove;
import coppice.engine.state.BranchState;
import coppice.engine.state.Folding;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the reflog has to say of a journal record: a function of the record and of the branch's states around it, so
/// that replay says the same.
public final class Moves {
    private Moves() {}

    /// The entry for a branch's record; none for one that moves nothing.
    ///
    /// Folds the state before when its working state is given up, so that it can be found again; writes chunks
    /// then.
    ///
    /// @param after the state after the record, or null when the branch is gone
    public static Optional<RefMove> of(LogRecord entry, BranchState before, @Nullable BranchState after) {
        Hash to = after == null ? null : after.commit();
        return switch (entry) {
            case LogRecord.Committed committed ->
                Optional.of(new RefMove(committed.note(), before.commit(), null, to, null, true, null));
            case LogRecord.Transacted made ->
                Optional.of(new RefMove(made.note(), before.commit(), givenUp(before), to, null, false, null));
            case LogRecord.Moved moved -> {
                boolean kept = moved.working() instanceof LogRecord.Working.Kept;
                Hash gone = kept ? null : givenUp(before);
                Hash given = moved.working() instanceof LogRecord.Working.Replaced(Hash catalog) ? catalog : null;
                yield Optional.of(new RefMove(moved.note(), before.commit(), gone, to, given, kept, null));
            }
            case LogRecord.Dropped dropped ->
                Optional.of(new RefMove(dropped.note(), before.commit(), givenUp(before), to, null, false, null));
            case LogRecord.Writes _, LogRecord.Mark _, LogRecord.Loaded _ -> Optional.empty();
            // These say what happens to two refs at once; whoever writes them tells of each.
            case LogRecord.Placed _, LogRecord.Renamed _, LogRecord.Stashed _ -> Optional.empty();
        };
    }

    /// The entry for a ref that is placed.
    public static RefMove placed(Note note, @Nullable RefValue before, RefValue after) {
        return RefMove.of(note, before == null ? null : before.commit(), after.commit());
    }

    /// The entry for a ref that is removed and was no branch.
    public static RefMove removed(Note note, RefValue before) {
        return new RefMove(note, before.commit(), null, null, null, false, before.note());
    }

    /// The working state of a branch as a catalog, unless it is that of its commit.
    static @Nullable Hash givenUp(BranchState state) {
        Hash root = Folding.whole(state).root();
        return root.equals(state.committedCatalog()) ? null : root;
    }
}
