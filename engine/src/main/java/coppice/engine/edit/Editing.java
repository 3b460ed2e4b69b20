package coppice.engine.edit;

import coppice.engine.live.Branches;
import coppice.engine.merge.Replaying;
import coppice.engine.refs.RefResolver;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.version.Grafting;
import coppice.engine.version.Moving;
import coppice.engine.version.Versions;
import coppice.engine.version.Vetting;
import coppice.engine.waiting.Waiting;

/// The parts that edit histories and put changes aside, wired.
///
/// @param replays what rebases and picks have in common
/// @param picking cherry-pick, revert
/// @param squashing squash
/// @param rebasing rebase
/// @param stashing stash
/// @param importing JSON lines
public record Editing(
        Replays replays,
        Picking picking,
        Squashing squashing,
        Rebasing rebasing,
        Stashing stashing,
        Importing importing) {
    /// Wires them.
    public static Editing of(
            Storage storage,
            Branches branches,
            Checkpoint checkpoint,
            Versions versions,
            RefResolver refs,
            Replaying replaying,
            Waiting waiting,
            Moving moving,
            Vetting vetting,
            Grafting grafting) {
        ReplaySteps steps = new ReplaySteps(storage, versions, replaying);
        Replays replays = new Replays(storage, checkpoint, moving, steps, waiting, vetting);
        return new Editing(
                replays,
                new Picking(versions, refs, moving, replaying, replays, waiting),
                new Squashing(storage, checkpoint, versions, refs, moving, vetting),
                new Rebasing(storage, versions, refs, moving, replays, waiting),
                new Stashing(storage, checkpoint, versions, branches, moving, replaying, waiting),
                new Importing(grafting));
    }
}
