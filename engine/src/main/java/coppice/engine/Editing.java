package coppice.engine;

import coppice.engine.merge.Policies;

/// The parts that edit histories and put changes aside, wired.
///
/// @param picking cherry-pick, revert, squash
/// @param rebasing rebase
/// @param stashing stash
record Editing(Picking picking, Rebasing rebasing, Stashing stashing) {
    static Editing of(
            Storage storage,
            Branches branches,
            Checkpoint checkpoint,
            Versions versions,
            RefResolver refs,
            Settings settings,
            Policies policies,
            Moving moving,
            Vetting vetting) {
        Replaying replaying = new Replaying(storage, policies);
        return new Editing(
                new Picking(storage, checkpoint, versions, refs, moving, replaying, vetting),
                new Rebasing(
                        storage,
                        checkpoint,
                        versions,
                        refs,
                        moving,
                        vetting,
                        new RebaseSteps(replaying),
                        new RebaseShelf(storage, checkpoint, branches, settings, replaying)),
                new Stashing(storage, checkpoint, versions, branches, moving, replaying));
    }
}
