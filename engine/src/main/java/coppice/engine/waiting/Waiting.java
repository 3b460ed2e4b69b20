package coppice.engine.waiting;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.engine.live.Branches;
import coppice.engine.live.CurrentBranch;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.Settings;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What waits on branches: on each at most one thing, a merge, a replay of commits or the return of what was put aside.
///
/// @param decisions what was decided about their conflicts
public record Waiting(Decisions decisions, MergeStates merges, ReplayShelf replays, StashShelf stashes) {
    /// Wires them.
    public static Waiting on(
            Storage storage, Checkpoint checkpoint, Branches branches, Settings settings, CurrentBranch current) {
        Decisions decisions = new Decisions(settings);
        return new Waiting(
                decisions,
                new MergeStates(storage, settings, branches, decisions),
                new ReplayShelf(storage, checkpoint, branches, settings, decisions, current),
                new StashShelf(settings, branches, decisions));
    }

    /// Forgets what a crash left behind of what is over, and completes the renaming of a branch. Done when a
    /// database is opened, so that what is over by where its branch is does not come back when that moves on.
    public void forgetWhatIsOver(Branches branches) {
        forget(branches, merges.names(), branch -> merges.find(branch).isPresent(), merges::end);
        forget(branches, stashes.names(), branch -> stashes.find(branch).isPresent(), stashes::end);
        Set<String> replayed = replays.names();
        replayed.stream().filter(name -> branches.find(name).isEmpty()).forEach(replays::followRenamed);
        forget(branches, replayed, branch -> replays.find(branch).isPresent(), replays::end);
    }

    /// Forgets the merge into a branch that is over since the branch was moved.
    public void forgetWhatIsOver(LiveBranch branch) {
        if (merges.find(branch).isEmpty()) {
            merges.end(branch.name());
        }
    }

    private static void forget(
            Branches branches, Set<String> names, Predicate<LiveBranch> waits, Consumer<String> forgetting) {
        names.stream()
                .filter(name -> branches.find(name).filter(waits).isEmpty())
                .forEach(forgetting);
    }

    /// Refuses to begin what might wait as well.
    public void requireNothing(LiveBranch branch) {
        String name = branch.name();
        if (merges.find(branch).isPresent()) {
            throw refused(
                    branch,
                    ErrorCode.MERGE_IN_PROGRESS,
                    "A merge into '" + name + "' is not finished: commit or abort it (see merging()) first");
        }
        Replay replay = replays.find(branch).orElse(null);
        if (replay != null && replay.isRebase()) {
            throw refused(
                    branch,
                    ErrorCode.REBASE_UNDER_WAY,
                    "A rebase of '" + name + "' is under way: resume, skip or abort it first");
        }
        if (replay != null) {
            throw refused(
                    branch,
                    ErrorCode.EDIT_WAITS,
                    "A " + replay.terms().kind().word() + " waits on '" + name
                            + "': resume, skip or abort it (see edits().picking()) first");
        }
        if (stashes.find(branch).isPresent()) {
            throw refused(
                    branch,
                    ErrorCode.EDIT_WAITS,
                    "A stash waits to come back to '" + name + "': resume or abort it (see stash().waiting()) first");
        }
    }

    /// Refuses to put other content in place of what a merge has left uncommitted: that would end the merge.
    public void requireNoMergedContent(LiveBranch branch) {
        if (merges.find(branch).filter(Unfinished::isStaged).isPresent()) {
            throw refused(
                    branch,
                    ErrorCode.MERGE_IN_PROGRESS,
                    "The working state of '" + branch.name()
                            + "' is the content of a merge: commit or abort that (see merging()) first");
        }
    }

    private static DatabaseException refused(LiveBranch branch, ErrorCode code, String message) {
        return new DatabaseException.Incorrect(code, message).with("branch", branch.name());
    }

    /// Keeps what waits on a branch also for the name that it is about to get: whatever then comes between, it is
    /// found under the branch's name, and what is left under another is of no branch.
    public void copy(String from, String to) {
        merges.copy(from, to);
        replays.copy(from, to);
        stashes.copy(from, to);
        decisions.copy(from, to);
    }

    /// Forgets what waits on a branch that is gone, or that has another name by now.
    public void end(String branch) {
        merges.end(branch);
        replays.end(branch);
        stashes.end(branch);
    }
}
