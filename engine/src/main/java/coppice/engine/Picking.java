package coppice.engine;

import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Pick;
import coppice.api.PickOutcome;
import coppice.engine.log.Note;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Applies commits to branches, takes them back, and puts one in place of many.
final class Picking {
    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Versions versions;
    private final RefResolver refs;
    private final Moving moving;
    private final Replaying replaying;
    private final Vetting vetting;

    Picking(
            Storage storage,
            Checkpoint checkpoint,
            Versions versions,
            RefResolver refs,
            Moving moving,
            Replaying replaying,
            Vetting vetting) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.versions = versions;
        this.refs = refs;
        this.moving = moving;
        this.replaying = replaying;
        this.vetting = vetting;
    }

    /// A commit, and which parent of it counts, from 1.
    private record Picked(Hash commit, int mainline) {}

    /// How it ended, and the commits that were made.
    private record Done(PickOutcome outcome, List<Hash> made) {}

    /// How a branch comes to a new commit.
    private interface Way {
        String name();

        Replaying.Change change(Picked picked);

        /// Writes the commit.
        Hash write(Picked picked, Hash catalog, Hash parent);
    }

    PickOutcome cherryPick(LiveBranch branch, Pick pick) {
        return run(branch, pick, new Forwards());
    }

    PickOutcome revert(LiveBranch branch, Pick pick) {
        return run(branch, pick, new Backwards());
    }

    private final class Forwards implements Way {
        @Override
        public String name() {
            return "cherry-pick";
        }

        @Override
        public Replaying.Change change(Picked picked) {
            return replaying.change(picked.commit(), picked.mainline());
        }

        @Override
        public Hash write(Picked picked, Hash catalog, Hash parent) {
            Commit commit = replaying.read(picked.commit());
            return replaying.write(commit, catalog, List.of(parent), commit.message());
        }
    }

    private final class Backwards implements Way {
        @Override
        public String name() {
            return "revert";
        }

        @Override
        public Replaying.Change change(Picked picked) {
            return replaying.change(picked.commit(), picked.mainline()).reversed();
        }

        @Override
        public Hash write(Picked picked, Hash catalog, Hash parent) {
            Commit commit = replaying.read(picked.commit());
            String text = "Revert \"" + title(commit) + "\"\n\nThis reverts commit " + picked.commit();
            if (commit.parents().size() > 1) {
                text += ", reversing changes made to " + commit.parents().get(picked.mainline() - 1);
            }
            return storage.history().write(versions.prepare(catalog, List.of(parent), CommitMessage.of(text + ".")));
        }
    }

    private static String title(Commit commit) {
        return commit.message().lines().findFirst().orElse("");
    }

    private PickOutcome run(LiveBranch branch, Pick pick, Way way) {
        Done done = vetting.alone(
                branch,
                () -> storage.roots().writing(() -> {
                    List<Picked> commits = select(pick);
                    List<Picked> ordered = way instanceof Backwards ? commits.reversed() : commits;
                    return vetting.untilDone(branch, () -> attempt(branch, ordered, pick, way));
                }));
        vetting.tellCommits(branch, way.name(), done.made());
        return done.outcome();
    }

    private Optional<Done> attempt(LiveBranch branch, List<Picked> commits, Pick pick, Way way) {
        Hash from = moving.cleanHead(branch, way.name());
        Hash at = from;
        List<Hash> made = new ArrayList<>();
        List<Hash> skipped = new ArrayList<>();
        for (Picked picked : commits) {
            Replaying.Result result = replaying.apply(way.change(picked), at, pick.resolver());
            if (!result.conflicts().isEmpty()) {
                PickOutcome conflicted =
                        new PickOutcome.Conflicted(versions.describe(picked.commit()), result.conflicts());
                return Optional.of(new Done(conflicted, List.of()));
            }
            Hash catalog = result.catalog().root();
            if (catalog.equals(replaying.read(at).catalog()) && !pick.keepEmpty()) {
                skipped.add(picked.commit());
            } else {
                at = way.write(picked, catalog, at);
                made.add(at);
            }
        }
        if (!made.isEmpty()) {
            List<Hash> needed = commits.stream().map(Picked::commit).toList();
            vetting.ask(new Vetting.Move(branch, way.name(), from, at, made, needed));
            checkpoint.keepChunks();
            Note note = storage.note(way.name(), String.join(" ", pick.commits()));
            if (!moving.move(branch, from, at, note)) {
                return Optional.empty();
            }
        }
        PickOutcome picked = new PickOutcome.Picked(
                made.stream().map(versions::describe).toList(),
                skipped.stream().map(Descriptions::id).toList());
        return Optional.of(new Done(picked, made));
    }

    private List<Picked> select(Pick pick) {
        List<Picked> all = new ArrayList<>();
        for (String text : pick.commits()) {
            int dots = text.indexOf("..");
            if (dots < 0) {
                Hash commit = refs.resolve(text);
                all.add(new Picked(commit, mainline(text, commit, pick)));
            } else {
                Hash since = refs.resolve(text.substring(0, dots));
                for (Hash commit : replaying.line(since, refs.resolve(text.substring(dots + 2)))) {
                    all.add(new Picked(commit, 1));
                }
            }
        }
        return all;
    }

    private int mainline(String text, Hash commit, Pick pick) {
        int parents = replaying.read(commit).parents().size();
        int chosen = pick.mainline().orElse(parents > 1 ? 0 : 1);
        if (chosen < 1 || chosen > Math.max(1, parents)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.MAINLINE_NEEDED,
                            "'" + text + "' has " + parents
                                    + " parents: say with mainline(n) which of them, from 1, its "
                                    + "changes are counted against")
                    .with("ref", text);
        }
        return chosen;
    }

    /// Puts one commit in place of all after an ancestor; see [coppice.api.HistoryEdits#squash].
    Hash squash(LiveBranch branch, String since, CommitMessage message) {
        Hash made = vetting.alone(
                branch,
                () -> storage.roots().writing(() -> {
                    Hash stays = refs.resolve(since);
                    return vetting.untilDone(branch, () -> squash(branch, since, stays, message));
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
        Hash catalog = replaying.read(head).catalog();
        Hash commit = storage.history().write(versions.prepare(catalog, List.of(stays), message));
        vetting.ask(new Vetting.Move(branch, "squash", head, commit, List.of(commit)));
        checkpoint.keepChunks();
        Note note = storage.note("squash", "all after " + since);
        return moving.replaceCommit(branch, head, commit, note) ? Optional.of(commit) : Optional.empty();
    }
}
