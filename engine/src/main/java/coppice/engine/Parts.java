package coppice.engine;

import coppice.api.CheckOptions;
import coppice.engine.check.Inspection;
import coppice.engine.check.Integrity;
import coppice.engine.edit.Editing;
import coppice.engine.edit.MovingBack;
import coppice.engine.edit.Undoing;
import coppice.engine.feed.Feeds;
import coppice.engine.live.Branches;
import coppice.engine.live.CurrentBranch;
import coppice.engine.live.Settings;
import coppice.engine.merge.Merging;
import coppice.engine.past.Origins;
import coppice.engine.reading.Access;
import coppice.engine.refs.BranchList;
import coppice.engine.refs.Branching;
import coppice.engine.refs.Placing;
import coppice.engine.refs.RefResolver;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.transaction.Defining;
import coppice.engine.transaction.Means;
import coppice.engine.transaction.Transacting;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.upkeep.Compaction;
import coppice.engine.upkeep.Indexing;
import coppice.engine.upkeep.Maintenance;
import coppice.engine.version.Committing;
import coppice.engine.version.HookCalls;
import coppice.engine.version.Versions;
import coppice.engine.version.Vetting;
import coppice.engine.views.Fitting;
import coppice.engine.views.Views;
import coppice.engine.waiting.Waiting;
import coppice.kernel.platform.DiskLock;

/// The parts of an open database, wired by [Opening], for the faces that the API shows of them.
///
/// @param storage the open kernel
/// @param gate whether the database is open
/// @param means what transactions need
/// @param lock says that the directory is ours
/// @param settings what the engine remembers
/// @param branches all refs
/// @param current the branch that is worked on when none is named
/// @param refs finds what refs name
/// @param versions shows commits and what changed
/// @param hooks the user's hooks
/// @param vetting asks them
/// @param placing makes and removes refs, if the hooks agree
/// @param committing makes commits
/// @param fitting compares what is written with its types, and with the other rows
/// @param views reads projections
/// @param merging merges them
/// @param waiting what waits on branches
/// @param editing changes histories and puts changes aside
/// @param checkpoint folds
/// @param compaction makes room
/// @param feeds who follows what happens
/// @param maintenance folds and makes room in the background
/// @param indexing the index of changed keys
record Parts(
        Storage storage,
        Gate gate,
        Means means,
        DiskLock lock,
        Settings settings,
        Branches branches,
        CurrentBranch current,
        RefResolver refs,
        Versions versions,
        HookCalls hooks,
        Vetting vetting,
        Placing placing,
        Committing committing,
        Fitting fitting,
        Views views,
        Merging merging,
        Waiting waiting,
        Editing editing,
        Checkpoint checkpoint,
        Compaction compaction,
        Feeds feeds,
        Maintenance maintenance,
        Indexing indexing) {
    /// Where values come from.
    Origins origins() {
        return indexing.index().origins();
    }

    /// What makes transactions take effect.
    Transacting transacting() {
        return means.transacting();
    }

    /// What changes types.
    Defining defining() {
        return new Defining(storage, fitting.typing(), transacting());
    }

    /// What the faces of spaces, snapshots and transactions need.
    Access access() {
        return Access.of(storage, gate);
    }

    /// The user's branches.
    BranchList branchList() {
        return new BranchList(storage, branches, versions, current);
    }

    /// What renames, copies and removes branches.
    Branching branching(BranchList list) {
        return new Branching(storage, branches, checkpoint, current, waiting, placing, list);
    }

    /// What takes back what was done.
    Undoing undoing(Branching branching) {
        MovingBack movingBack = new MovingBack(branches, versions, placing, editing.stashing(), waiting);
        return new Undoing(storage, branches, compaction, placing, branching, movingBack);
    }

    /// What has the figures.
    Inspection inspection() {
        return new Inspection(storage, branches, current, checkpoint, compaction);
    }

    /// A check of everything.
    Integrity integrity(CheckOptions options) {
        return new Integrity(
                storage, branches, checkpoint, indexing.index(), settings, waiting.merges(), views, options);
    }
}
