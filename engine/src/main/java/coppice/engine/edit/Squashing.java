package coppice.engine.edit;

import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.engine.live.LiveBranch;
import coppice.engine.log.Note;
import coppice.engine.refs.RefResolver;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.version.Moving;
import coppice.engine.version.Versions;
import coppice.engine.version.Vetting;
import coppice.kernel.bytes.Hash;
import java.util.List;
import java.util.Optional;

/// Puts one commit in place of many.
public final class Squashing {
    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Versions versions;
    private final RefResolver refs;
    private final Moving moving;
    private final Vetting vetting;

    Squashing(
            Storage storage,
            Checkpoint checkpoint,
            Versions versions,
            RefResolver refs,
            Moving moving,
            Vetting vetting) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.versions = versions;
        this.refs = refs;
        this.moving = moving;
        this.vetting = vetting;
    }

    /// Puts one commit in place of all after an ancestor; see [coppice.api.HistoryEdits#squash].
    public Hash squash(LiveBranch branch, String since, CommitMessage message) {
        Hash made = vetting.alone(
                branch,
                () -> storage.roots().writing(() -> {
                    Hash stays = refs.resolve(since);
                    return vetting.untilDone(branch.name(), () -> squash(branch, since, stays, message));
                }));
        vetting.tellCommits(branch, "squash", List.of(made));
        return made;
    }

    private Optional<Hash> squash(LiveBranch branch, String since, Hash stays, CommitMessage message) {
        branch.settle();
        Hash head = branch.shown().commit();
        if (stays.equals(head) || !storage.history().isAncestor(stays, head)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.NOTHING_TO_SQUASH,
                            "There is no commit of '" + branch.name() + "' after '" + since
                                    + "' in one line: name an older ancestor of it")
                    .with("branch", branch.name());
        }
        Hash catalog = storage.history().read(head).catalog();
        Hash commit = storage.history().write(versions.prepare(catalog, List.of(stays), message));
        vetting.ask(new Vetting.Move(branch, "squash", head, commit, List.of(commit)));
        checkpoint.keepChunks();
        Note note = storage.note("squash", "all after " + since);
        return moving.replaceCommit(branch, head, commit, note) ? Optional.of(commit) : Optional.empty();
    }
}
