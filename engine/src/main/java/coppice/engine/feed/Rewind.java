package coppice.engine.feed;

import coppice.engine.live.LiveBranch;
import coppice.engine.live.RefNames;
import coppice.engine.live.RefTable;
import coppice.engine.log.LogRecord;
import coppice.engine.recovery.Recovery;
import coppice.engine.state.BranchState;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.journal.RecordVisitor;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the states of a branch since an earlier position again, from the last checkpoint and the journal: as
/// recovery does, but only for one branch. Good for one look.
///
/// What it makes of the journal's commits is there already, as the branch made it.
final class Rewind {
    private final Storage storage;
    private final LiveBranch branch;
    private final String ref;
    private final long from;
    private final List<Trail.Step> steps = new ArrayList<>();
    private Optional<BranchState> found = Optional.empty();
    private long bytes;

    private Rewind(Storage storage, LiveBranch branch, long from) {
        this.storage = storage;
        this.branch = branch;
        this.ref = RefNames.head(branch.name());
        this.from = from;
    }

    /// The state of a branch at a position, if the last checkpoint is not later. Costs reading the journal. Where
    /// the states that follow are not too many, the lookout knows them then.
    ///
    /// @param commit what has to be the latest commit there
    static Optional<BranchState> to(long lsn, Hash commit, Lookout lookout, Storage storage, Checkpoint checkpoint) {
        Rewind rewind = new Rewind(storage, lookout.branch(), lsn);
        try {
            storage.roots().writing(() -> {
                checkpoint.replay(rewind::visitor);
                return true;
            });
        } catch (CorruptException _) {
            return Optional.empty(); // whoever checks the database hears of it
        }
        Optional<BranchState> state =
                rewind.found.filter(there -> there.commit().equals(commit));
        state.ifPresent(_ -> lookout.learn(rewind.steps));
        return state;
    }

    private RecordVisitor visitor(Hash refs) {
        RefTable table = RefTable.of(storage.roots(), Tree.load(storage.nodes(), refs));
        Recovery recovery = new Recovery(storage.nodes(), storage.roots(), storage.history(), table);
        table.find(ref)
                .filter(value -> value.createdAt() == branch.createdAt())
                .ifPresent(value -> look(new LogRecord.Mark(branch.name()), storage.state(value), 0));
        return (type, record, offset, length, lsn) -> {
            LogRecord entry = LogRecord.decode("a journal record", type, record, offset, length);
            if (isAbout(entry)) {
                recovery.replay(type, record, offset, length, lsn);
                Optional.ofNullable(recovery.states().get(branch.name()))
                        .or(() -> recovery.table().find(ref).map(storage::state)) // it was just made
                        .filter(state -> state.lsn() == lsn)
                        .ifPresent(state -> look(entry, state, length));
            }
        };
    }

    private boolean isAbout(LogRecord entry) {
        return switch (entry) {
            case LogRecord.OnBranch on -> on.branch().equals(branch.name());
            case LogRecord.Placed placed -> placed.ref().equals(ref);
            case LogRecord.Dropped dropped -> dropped.ref().equals(ref);
            case LogRecord.Renamed _ -> false; // what was before is that of another name
            default -> false;
        };
    }

    private void look(LogRecord entry, BranchState state, int length) {
        if (state.lsn() == from) {
            found = Optional.of(state);
        }
        if (found.isPresent() && steps.size() <= Trail.STEPS_MAX && bytes <= Trail.BYTES_MAX) {
            bytes += length;
            steps.add(new Trail.Step(entry, state, length));
        }
    }
}
