package coppice.engine.storage;

import coppice.engine.log.Note;
import coppice.engine.meter.MeteredDisk;
import coppice.engine.meter.Meters;
import coppice.engine.state.BranchState;
import coppice.engine.state.Folds;
import coppice.engine.state.Followings;
import coppice.engine.state.Roots;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.History;
import coppice.kernel.history.RefValue;
import coppice.kernel.journal.Journal;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.Tasks;
import coppice.kernel.store.PackStore;
import coppice.kernel.tree.Nodes;
import coppice.structure.secret.Vault;

/// The open kernel of one database, for the parts of the engine.
///
/// @param disk its files
/// @param meters how long work takes
/// @param packs its chunks
/// @param nodes its trees
/// @param roots what is in use besides what branches refer to
/// @param folds how the trees of late came about
/// @param followings what follows from rows, kept in memory
/// @param history its commits
/// @param journal its log
/// @param acknowledgement when a journal position counts as kept
/// @param tasks work beside the callers
/// @param clock what time it is
/// @param entropy chance
/// @param vault what was derived from secrets
/// @param author who does what is done here, unless somebody else is named
public record Storage(
        MeteredDisk disk,
        Meters meters,
        PackStore packs,
        Nodes nodes,
        Roots roots,
        Folds folds,
        Followings followings,
        History history,
        Journal journal,
        Acknowledgement acknowledgement,
        Tasks tasks,
        Clock clock,
        Entropy entropy,
        Vault vault,
        String author)
        implements AutoCloseable {

    /// The state of a branch as its ref has it.
    public BranchState state(RefValue ref) {
        return BranchState.load(nodes, roots, history, ref);
    }

    /// The state of a branch that is at a commit, without changes of its own.
    public BranchState stateAt(Hash commit, long lsn) {
        return BranchState.at(nodes, roots, history, commit, lsn);
    }

    /// Says that something is done here and now.
    public Note note(String action, String text) {
        return new Note(author, clock.millis(), action, text);
    }

    /// Closes the files. The journal's end is made durable, chunks that were not synced are lost.
    @Override
    public void close() {
        vault.close();
        try {
            journal.close();
        } finally {
            packs.close();
        }
    }
}
