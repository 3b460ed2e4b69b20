package coppice.engine;

import coppice.engine.merge.Policies;

/// The parts that edit histories and put changes aside, wired.
///
/// @param replays what rebases and picks have in common
/// @param picking cherry-pick, revert, squash
/// @param rebasing rebase
/// @param stashing stash
/// @param importing JSON lines
record Editing(Replays replays, Picking picking, Rebasing rebasing, Stashing stashing, Importing importing) {
    static Editing of(
            Storage storage,
            Branches branches,
            Checkpoint checkpoint,
            Versions versions,
            RefResolver refs,
            Policies policies,
            Replaying replaying,
            Waiting waiting,
            Moving moving,
            Vetting vetting) {
        ReplaySteps steps = new ReplaySteps(storage, versions, replaying);
        Replays replays = new Replays(storage, checkpoint, moving, steps, waiting, vetting);
        return new Editing(
                replays,
                new Picking(storage, checkpoint, versions, refs, moving, replaying, replays, waiting, vetting),
                new Rebasing(storage, versions, refs, moving, replays, waiting),
                new Stashing(storage, checkpoint, versions, branches, moving, replaying, waiting),
                new Importing(storage, checkpoint, moving, policies, waiting));
    }
}
